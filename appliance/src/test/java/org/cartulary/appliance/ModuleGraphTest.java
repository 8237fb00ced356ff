package org.cartulary.appliance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The picture in docs/architecture.md, proved on the compiled classes. */
class ModuleGraphTest {
    private static final String COMPLIANCE = "org.cartulary.compliance..";
    private static final String INFERENCE = "org.cartulary.inference..";
    private static final String RETRIEVAL = "org.cartulary.retrieval..";
    private static final String INGEST = "org.cartulary.ingest..";
    private static final String APPLIANCE = "org.cartulary.appliance..";
    private static final String VERIFIER = "org.cartulary.verifier..";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.cartulary");

    @Test
    void complianceUsesNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(COMPLIANCE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INFERENCE, RETRIEVAL, INGEST, APPLIANCE, VERIFIER)
                .check(OURS);
    }

    @Test
    void inferenceUsesNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(INFERENCE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMPLIANCE, RETRIEVAL, INGEST, APPLIANCE, VERIFIER)
                .check(OURS);
    }

    @Test
    void retrievalUsesComplianceAndInferenceOnly() {
        noClasses()
                .that()
                .resideInAPackage(RETRIEVAL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INGEST, APPLIANCE, VERIFIER)
                .check(OURS);
    }

    @Test
    void ingestKnowsNothingOfTheAppliance() {
        noClasses()
                .that()
                .resideInAPackage(INGEST)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(APPLIANCE, VERIFIER)
                .check(OURS);
    }

    @Test
    void theVerifierSharesNoCodeWithTheWriter() {
        noClasses()
                .that()
                .resideInAPackage(VERIFIER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMPLIANCE, INFERENCE, RETRIEVAL, INGEST, APPLIANCE)
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackage(VERIFIER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VERIFIER)
                .check(OURS);
    }

    /** Memory segments over a mapped file, as the verifier uses them, call nothing foreign. */
    @Test
    void foreignFunctionsAppearOnlyInTheInferenceBridge() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INFERENCE)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup|FunctionDescriptor).*")
                .check(OURS);
    }

    @Test
    void modelCodeIsReachedOnlyThroughTheWorkers() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INFERENCE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.cartulary.inference.llama..",
                        "org.cartulary.inference.onnx..",
                        "org.cartulary.inference.worker..",
                        "ai.onnxruntime..",
                        "ai.djl..")
                .check(OURS);
    }

    @Test
    void socketsAppearOnlyInNamedPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        INFERENCE,
                        "org.cartulary.appliance.database..",
                        "org.cartulary.appliance.local..",
                        // To the addresses of the operator's policy, and nowhere else.
                        "org.cartulary.compliance.witness..",
                        // To the one address that is set.
                        "org.cartulary.compliance.timestamp..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.(Server)?Socket|java\\.net\\.http\\..*|java\\.nio\\.channels\\.(Server)?SocketChannel"
                                + "|java\\.nio\\.channels\\.Asynchronous.*SocketChannel|java\\.net\\.URLConnection")
                .check(OURS);
    }

    @Test
    void micronautAppearsOnlyInTheAppliance() {
        noClasses()
                .that()
                .resideOutsideOfPackage(APPLIANCE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micronaut..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAnyPackage("org.cartulary.appliance.asking..", "org.cartulary.appliance.database..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micronaut..")
                .check(OURS);
    }

    @Test
    void parsersAreReachedByIngestOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INGEST)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.tika..", "org.apache.pdfbox..", "org.apache.poi..")
                .check(OURS);
    }

    @Test
    void packagesOfTheCoreModulesHaveNoCycles() {
        for (String module : new String[] {"compliance", "inference", "retrieval", "ingest"}) {
            SlicesRuleDefinition.slices()
                    .matching("org.cartulary." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(OURS);
        }
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        classes()
                .that()
                .resideInAPackage("org.cartulary..")
                .and()
                .areTopLevelClasses()
                .should(new HavePackageInfo())
                .check(OURS);
    }
}
