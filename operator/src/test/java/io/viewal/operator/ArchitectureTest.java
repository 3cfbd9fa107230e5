package io.viewal.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.viewal.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_IMPORT_WHAT_THEIR_PAGE_SAYS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("condition")
            .definedBy("..operator.condition")
            .layer("stage")
            .definedBy("..operator.stage")
            .layer("store")
            .definedBy("..operator.store")
            .layer("job")
            .definedBy("..operator.job")
            .layer("report")
            .definedBy("..operator.report")
            .layer("pipeline")
            .definedBy("..operator.pipeline")
            .layer("round")
            .definedBy("..operator.round")
            .layer("dataset")
            .definedBy("..operator.dataset")
            .layer("experiment")
            .definedBy("..operator.experiment")
            .layer("wiring")
            .definedBy("io.viewal.operator")
            .whereLayer("wiring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("round")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("dataset")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("experiment")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers("round", "dataset", "experiment", "wiring")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("pipeline", "wiring")
            .whereLayer("job")
            .mayOnlyBeAccessedByLayers("report", "pipeline", "round", "dataset", "experiment", "wiring")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("pipeline", "experiment", "wiring")
            .whereLayer("stage")
            .mayOnlyBeAccessedByLayers("job", "report", "pipeline", "experiment")
            .whereLayer("condition")
            .mayOnlyBeAccessedByLayers("stage", "store", "job", "report", "pipeline", "round", "dataset", "experiment");

    @ArchTest
    static final ArchRule DECISIONS_ARE_PURE = noClasses()
            .that()
            .resideInAnyPackage("..operator.stage", "..operator.condition")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", "io.minio..", "java.nio.file..")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule THE_STORE_IS_ASKED_IN_ONE_PLACE = classes()
            .that()
            .resideInAPackage("io.minio..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage("io.minio..", "..operator.store")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule JOBS_ARE_BUILT_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("..operator.job")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.fabric8.kubernetes.api.model.batch.v1.JobBuilder");
}
