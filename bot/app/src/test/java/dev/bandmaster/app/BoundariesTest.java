package dev.bandmaster.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The borders that Maven cannot see, since it knows modules and not packages. What a module may
 * depend on stands in its pom, with the reason.
 */
class BoundariesTest {
  private static final String[] SQL = {
    "java.sql..",
    "javax.sql..",
    "org.jdbi..",
    "org.flywaydb..",
    "com.zaxxer..",
    "org.sqlite..",
    "org.postgresql.."
  };

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(BoundariesTest::isMain)
          .importPackages("dev.bandmaster");

  /** Classes of tests come in folders and jars of several names. */
  private static boolean isMain(Location location) {
    return !location.contains("/test/") && !location.contains("-tests.jar");
  }

  @Test
  void everyModuleIsLookedAt() {
    assertThat(
            List.of(
                "core", "store", "slack", "backends", "engine", "app", "plugin", "acl", "model"))
        .allMatch(module ->
            ALL.stream()
                .anyMatch(type -> type.getName().startsWith("dev.bandmaster." + module + ".")));
  }

  @Test
  void onlySlackKnowsTypesOfSlack() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.bandmaster..")
        .and()
        .resideOutsideOfPackage("dev.bandmaster.slack..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.slack..")
        .because("everybody else speaks of conversations, messages and people in our own types")
        .check(ALL);
  }

  @Test
  void onlyTheBusKnowsTypesOfAmqp() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.bandmaster.bus..", "dev.bandmaster.broker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.rabbitmq..", "org.apache.qpid..")
        .because("a backend hides what it speaks")
        .check(ALL);
  }

  @Test
  void onlyTheStoreKnowsTypesOfSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.bandmaster.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SQL)
        .because("the store is an interface of core")
        .check(ALL);
  }

  @Test
  void onlyTheHttpPackagesKnowTypesOfTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.bandmaster.app.http..", "dev.bandmaster.http..", "dev.bandmaster.simulator..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .because("routes are in one place, and nobody else need know what serves them")
        .check(ALL);
  }

  @Test
  void coreAndPluginsKnowNoJson() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.bandmaster.core..",
            "dev.bandmaster.plugin..",
            "dev.bandmaster.standard..",
            "dev.bandmaster.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "com.google.gson..")
        .because("structured data is dev.bandmaster.model.Data there")
        .check(ALL);
  }

  /** The arrows between the modules; each row names what the first may not know. */
  @ParameterizedTest
  @CsvSource({
    "model,    core|store|slack|backends|engine|app|bootstrapper|bus|wire|json|config|yaml|acl|plugin",
    "acl,      core|store|slack|backends|engine|app|bootstrapper|bus|wire|config|plugin",
    "plugin,   core|store|slack|backends|engine|app|bootstrapper|bus|wire|config|acl",
    "standard, core|store|slack|backends|engine|app|bootstrapper|bus|wire|config|acl",
    "core,     store|slack|backends|engine|app|bootstrapper|bus|wire|json|config",
    "store,    slack|backends|engine|app|bootstrapper|bus|wire|config",
    "slack,    store|backends|engine|app|bootstrapper|bus|wire",
    "backends, store|slack|engine|app|config",
    "engine,   store|slack|backends|app|bootstrapper|bus|wire|config"
  })
  void anArrowPointsOneWay(String module, String others) {
    noClasses()
        .that()
        .resideInAPackage("dev.bandmaster.%s..".formatted(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            List.of(others.split("\\|")).stream()
                .map("dev.bandmaster.%s.."::formatted)
                .toArray(String[]::new))
        .because("arrows point one way: app, then engine, slack, store and backends, then core")
        .check(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "engine", "app"})
  void noPackagesLeanOnEachOther(String module) {
    slices()
        .matching("dev.bandmaster.%s.(*)..".formatted(module))
        .should()
        .beFreeOfCycles()
        .check(ALL);
  }
}
