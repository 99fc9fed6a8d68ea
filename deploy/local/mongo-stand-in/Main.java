import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.net.InetSocketAddress;
import java.util.List;

/** Says of itself what it can do: the drivers refuse the wire version it says by default (8). */
class Version implements MongoVersion {
    public List<Integer> getVersionArray() {
        return List.of(5, 0, 0);
    }

    public int getWireVersion() {
        return 13;
    }
}

/** Listens on 127.0.0.1:args[0] and keeps its data in the H2 file args[1]. */
public class Main {
    public static void main(String[] args) throws Exception {
        H2Backend backend = new H2Backend(org.h2.mvstore.MVStore.open(args[1]));
        backend.version(new Version());
        MongoServer server = new MongoServer(backend);
        server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        Thread.currentThread().join();
    }
}
