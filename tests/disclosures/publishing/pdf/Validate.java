import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Validates PDF files against profiles of veraPDF; prints a line for each broken rule. */
public class Validate {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean compliant = true;
        for (String path : arguments[0].split(File.pathSeparator)) {
            for (int i = 1; i < arguments.length; i++) {
                compliant &= validate(path, PDFAFlavour.fromString(arguments[i]));
            }
        }
        System.exit(compliant ? 0 : 1);
    }

    private static boolean validate(String path, PDFAFlavour flavour) throws Exception {
        ValidationResult result;
        try (InputStream file = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
        }
        String verdict = result.isCompliant() ? "complies" : "does not comply";
        System.out.println(flavour + " " + verdict + ": " + result.getTotalAssertions() + " assertions");
        for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
            System.out.println("  " + failed.getKey().getClause() + "-"
                    + failed.getKey().getTestNumber() + " broken " + failed.getValue() + " times");
        }
        for (TestAssertion assertion : result.getTestAssertions()) {
            System.out.println("    " + assertion.getMessage() + " at "
                    + assertion.getLocation().getContext());
        }
        return result.isCompliant();
    }
}
