package dev.bandmaster.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Foreign types stop at the door, and no two packages lean on each other. */
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

  private static final JavaClasses BOT = classes("dev.bandmaster.bot");
  private static final JavaClasses PLUGINS =
      classes("dev.bandmaster.plugin", "dev.bandmaster.standard");

  private static JavaClasses classes(String... packages) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(packages);
  }

  @Test
  void onlyThePackageSlackKnowsTypesOfSlack() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.bandmaster.bot.slack..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.slack..")
        .because("everybody else speaks of messages, people and places in words of our own")
        .check(BOT);
  }

  @Test
  void nobodyKnowsTypesOfAmqp() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.rabbitmq..", "org.apache.qpid..")
        .because("the bus is behind dev.bandmaster.bus")
        .check(BOT);
  }

  @Test
  void onlyThePackageWebKnowsTypesOfTheWebServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.bandmaster.bot.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .because("routes are in one place, and nobody else need know what serves them")
        .check(BOT);
  }

  @Test
  void onlyThePackageJdbiKnowsTypesOfSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.bandmaster.bot.store.jdbi..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SQL)
        .because("the store is an interface")
        .check(BOT);
  }

  @Test
  void noPackagesLeanOnEachOther() {
    slices().matching("dev.bandmaster.bot.(*)..").should().beFreeOfCycles().check(BOT);
  }

  @Test
  void aPluginSeesNoneOfIt() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.slack..",
            "com.rabbitmq..",
            "dev.bandmaster.bot..",
            "dev.bandmaster.bus..",
            "dev.bandmaster.wire..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(SQL)
        .because("plugins are written against plugins/api alone")
        .check(PLUGINS);
  }
}
