package io.viewal;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.viewal", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_CONTRACT_NEEDS_THE_JDK_AND_JACKSON_ALONE = classes()
            .that()
            .resideInAPackage("io.viewal.contract")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.viewal.contract",
                    "java..",
                    "com.fasterxml.jackson..",
                    // Annotations that only the compiler reads.
                    "io.soabase.recordbuilder.core");

    @ArchTest
    static final ArchRule RESOURCES_SHARE_THE_WORDS_OF_THE_CONTRACT_AND_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("io.viewal.api..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.viewal.contract").and(not(JavaClass.Predicates.ENUMS)));
}
