package org.postern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which package may use which: the plan of the house. */
class HouseTest {

    private static final String ROOT = "org.postern";

    /** A room and the rooms that it may use; the smtp rooms are pure, so they may use next to nothing. */
    private static final Map<String, Set<String>> TABLE = Map.ofEntries(
            Map.entry("", Set.of("administration")),
            Map.entry("administration", Set.of()),
            Map.entry("network", Set.of()),
            Map.entry("dns", Set.of("network", "administration")),
            Map.entry("settings", Set.of("administration")),
            Map.entry("content", Set.of("")),
            Map.entry("smtp", Set.of("")),
            Map.entry("smtp.server", Set.of("", "smtp")),
            Map.entry("smtp.client", Set.of("", "smtp")),
            Map.entry("certificate", Set.of("settings", "administration")),
            Map.entry("tls", Set.of("", "certificate", "settings", "administration")),
            Map.entry(
                    "listener",
                    Set.of("", "smtp", "smtp.server", "tls", "content", "network", "settings", "administration")),
            Map.entry(
                    "outbound",
                    Set.of(
                            "",
                            "smtp",
                            "smtp.client",
                            "tls",
                            "content",
                            "network",
                            "dns",
                            "settings",
                            "administration")),
            Map.entry(
                    "management",
                    Set.of(
                            "",
                            "administration",
                            "settings",
                            "content",
                            "certificate",
                            "tls",
                            "listener",
                            "outbound",
                            "network")),
            Map.entry(
                    "connector",
                    Set.of(
                            "",
                            "administration",
                            "settings",
                            "content",
                            "smtp",
                            "smtp.server",
                            "smtp.client",
                            "certificate",
                            "tls",
                            "listener",
                            "outbound",
                            "management",
                            "dns",
                            "network")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void everyPackageShouldStandInTheTableAndUseOnlyWhatItMay() {
        Set<String> found = CLASSES.stream().map(HouseTest::room).collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(new TreeSet<>(TABLE.keySet()));
        for (JavaClass origin : CLASSES) {
            Set<String> allowed = TABLE.get(room(origin));
            origin.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .filter(target -> !room(target).equals(room(origin)))
                    .forEach(target -> assertThat(allowed)
                            .as("%s uses %s", origin.getName(), target.getName())
                            .contains(room(target)));
        }
    }

    @Test
    void thereShouldBeNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void protocolShouldKnowNeitherSocketsNorNettyNorTheContainer() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".smtp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "jakarta.resource.spi..", "javax.net..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .check(CLASSES);
    }

    @Test
    void bouncyCastleShouldBeUsedInOnePlaceAndNeverRegistered() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".certificate..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(CLASSES);
        for (String method : List.of("addProvider", "insertProviderAt")) {
            noClasses()
                    .should()
                    .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                            com.tngtech.archunit.core.domain.properties.HasName.Predicates.name(method)
                                    .forSubtype()))
                    .check(CLASSES);
        }
    }

    @Test
    void threadsShouldComeFromTheContainer() {
        noClasses()
                .should()
                .callConstructor(Thread.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Timer")
                .check(CLASSES);
    }

    @Test
    void namesShouldBeLookedUpInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".dns..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.xbill..")
                .check(CLASSES);
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
