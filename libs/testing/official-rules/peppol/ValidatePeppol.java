// Holds UBL files against the official OpenPeppol rules (XML schema, EN 16931, Peppol BIS 3.0), one answer per line:
//   OK <file>
//   ERROR <file> <rule> <what>
// Run as it is: java -cp <class path of pom.xml> ValidatePeppol.java <file>...
import com.helger.diver.api.coord.DVRCoordinate;
import com.helger.io.resource.FileSystemResource;
import com.helger.phive.api.execute.ValidationExecutionManager;
import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.api.validity.IValidityDeterminator;
import com.helger.phive.peppol.PeppolValidation2026_05;
import com.helger.phive.peppol.PeppolValidationBisEurope;
import com.helger.phive.xml.source.IValidationSourceXML;
import com.helger.phive.xml.source.ValidationSourceXML;
import java.io.File;
import java.nio.file.Files;
import java.util.Locale;

public class ValidatePeppol {
  public static void main(String[] files) throws Exception {
    var registry = new ValidationExecutorSetRegistry<IValidationSourceXML>();
    PeppolValidationBisEurope.init(registry);
    for (var file : files) {
      boolean isCreditNote = Files.readString(new File(file).toPath()).contains("CreditNoteTypeCode");
      DVRCoordinate rules =
          isCreditNote
              ? PeppolValidation2026_05.VID_OPENPEPPOL_CREDIT_NOTE_UBL_V3
              : PeppolValidation2026_05.VID_OPENPEPPOL_INVOICE_UBL_V3;
      var results =
          ValidationExecutionManager.executeValidation(
              IValidityDeterminator.createDefault(),
              registry.getOfID(rules),
              ValidationSourceXML.create(new FileSystemResource(new File(file))),
              Locale.US);
      boolean sound = true;
      for (var error : results.getAllErrors()) {
        sound = false;
        System.out.println("ERROR " + file + " " + error.getErrorID() + " " + error.getErrorText(Locale.US));
      }
      if (sound) System.out.println("OK " + file);
    }
  }
}
