package io.viewal.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom. */
@AnalyzeClasses(packages = "io.viewal.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule kernelsImportTheJdkAlone = noClasses()
            .that()
            .resideInAPackage("..worker.kernel..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "jdk.incubator.vector..", "io.viewal.worker.kernel..");

    @ArchTest
    static final ArchRule theEngineIsConfinedToTheModel = noClasses()
            .that()
            .resideOutsideOfPackage("..worker.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule openCvIsConfinedToTheDataSet = noClasses()
            .that()
            .resideOutsideOfPackage("..worker.dataset..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule theS3ClientIsConfinedToTheStore = noClasses()
            .that()
            .resideOutsideOfPackage("..worker.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.minio..");

    @ArchTest
    static final ArchRule whatComputesKnowsNoStageNoStoreAndNoCommandLine = noClasses()
            .that()
            .resideInAnyPackage(
                    "..worker.acquisition..",
                    "..worker.selection..",
                    "..worker.propagation..",
                    "..worker.geometry..",
                    "..worker.model..",
                    "..worker.dataset..",
                    "..worker.artifact..",
                    "..worker.oracle..",
                    "..worker.page..",
                    "..worker.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..worker.stage..", "..worker.store..", "..worker.cli..");

    @ArchTest
    static final ArchRule theResourcesOfTheClusterAreNotTheWorkersBusiness = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.viewal.api..", "io.viewal.operator..", "io.fabric8..", "io.quarkus..");
}
