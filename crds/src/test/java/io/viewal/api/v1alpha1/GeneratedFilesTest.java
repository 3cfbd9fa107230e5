package io.viewal.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds the files that are generated from the resource classes equal to them; {@code -Dregenerate} writes them. */
class GeneratedFilesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @ParameterizedTest
    @FieldSource("io.viewal.api.v1alpha1.Crds#KINDS")
    void chartHoldsTheCrdOfTheClass(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        var crd = Crds.of(kind);
        Path file = ROOT.resolve("helm/templates/crds")
                .resolve(crd.getSpec().getNames().getPlural() + ".yaml");
        holdEqual(file, ChartFiles.template(crd));
    }

    @Test
    void referencePageDescribesTheClasses() throws IOException {
        Path file = ROOT.resolve("src/site/reference/resources.md");
        holdEqual(file, ReferencePage.of(Crds.KINDS.stream().map(Crds::of).toList()));
    }

    private static void holdEqual(Path file, String generated) throws IOException {
        if (System.getProperty("regenerate") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(file)
                .as("%s is generated; './mvnw -pl crds test -Dregenerate' writes it anew", file)
                .content()
                .isEqualTo(generated);
    }
}
