// Holds PDF files against PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), one answer per line:
//   OK <file>
//   ERROR <file> <flavour> <clause>-<test> <where> <what>
// Run as it is: java -cp <class path of pom.xml> ValidatePdf.java <file>...
import java.io.File;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

public class ValidatePdf {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var foundry = Foundries.defaultInstance();
    for (var file : files) {
      boolean sound = true;
      for (var flavour : List.of(PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1)) {
        try (var parser = foundry.createParser(new File(file), flavour);
            var validator = foundry.createValidator(flavour, false)) {
          var result = validator.validate(parser);
          for (var failed : result.getTestAssertions()) {
            var rule = failed.getRuleId();
            var where = failed.getLocation().getContext();
            System.out.println(
                "ERROR " + file + " " + flavour + " " + rule.getClause() + "-" + rule.getTestNumber()
                    + " " + where + " " + failed.getMessage().replaceAll("\\s+", " "));
            sound = false;
          }
          if (!result.isCompliant() && sound) {
            System.out.println("ERROR " + file + " " + flavour + " not compliant");
            sound = false;
          }
        } catch (Exception unreadable) {
          System.out.println("ERROR " + file + " " + flavour + " unreadable " + unreadable);
          sound = false;
        }
      }
      if (sound) System.out.println("OK " + file);
    }
  }
}
