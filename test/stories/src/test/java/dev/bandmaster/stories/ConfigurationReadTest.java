package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.config.BotConfig;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the configuration says is used by bot or agent: no key is documented that does nothing. */
class ConfigurationReadTest {
  private static final String CONFIG = "dev.bandmaster.config";

  private static final Set<String> GENERATED = Set.of("equals", "hashCode", "toString");

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.bandmaster");

  /** The records of both files, from the whole file to the innermost section. */
  private static Set<Class<?>> records() {
    Set<Class<?>> found = new LinkedHashSet<>();
    collect(BotConfig.class, found);
    collect(AgentConfig.class, found);
    return found;
  }

  private static void collect(Type type, Set<Class<?>> found) {
    switch (type) {
      case ParameterizedType generic -> {
        for (Type argument : generic.getActualTypeArguments()) {
          collect(argument, found);
        }
      }
      case Class<?> each when !each.getPackageName().equals(CONFIG) -> {}
      case Class<?> each when each.isSealed() -> {
        for (Class<?> permitted : each.getPermittedSubclasses()) {
          collect(permitted, found);
        }
      }
      case Class<?> each when each.isRecord() && found.add(each) -> {
        for (RecordComponent component : each.getRecordComponents()) {
          collect(component.getGenericType(), found);
        }
      }
      default -> {}
    }
  }

  private static boolean isRead(JavaMethod accessor) {
    return isUsed(accessor, new HashSet<>())
        || Stream.concat(methodsThatRead(accessor), declarations(accessor))
            .anyMatch(method -> isUsed(method, new HashSet<>()));
  }

  /** The same key as the kinds of a section have it in common. */
  private static Stream<JavaMethod> declarations(JavaMethod accessor) {
    return accessor.getOwner().getAllRawInterfaces().stream()
        .flatMap(common -> common.tryGetMethod(accessor.getName()).stream());
  }

  /** Methods of the section itself that answer from this key, such as {@code covers}. */
  private static Stream<JavaMethod> methodsThatRead(JavaMethod accessor) {
    return accessor.getOwner().getMethods().stream()
        .filter(method -> !method.equals(accessor) && !GENERATED.contains(method.getName()))
        .filter(method ->
            method.getFieldAccesses().stream()
                .anyMatch(access ->
                    access.getTargetOwner().equals(accessor.getOwner())
                        && access.getTarget().getName().equals(accessor.getName())));
  }

  /** Whether a program uses the method, or another method of the configuration that is used. */
  private static boolean isUsed(JavaMethod method, Set<JavaMethod> seen) {
    return seen.add(method)
        && method.getAccessesToSelf().stream()
            .anyMatch(access -> {
              String reader = access.getOriginOwner().getPackageName();
              return reader.startsWith("dev.bandmaster.app")
                  || reader.startsWith("dev.bandmaster.agent")
                  || (reader.equals(CONFIG)
                      && access.getOrigin() instanceof JavaMethod own
                      && !GENERATED.contains(own.getName())
                      && !own.getModifiers().contains(JavaModifier.STATIC)
                      && isUsed(own, seen));
            });
  }

  @Test
  void trustT27_everyConfigurationKeyIsReadBySomething() {
    assertThat(records()).hasSizeGreaterThan(15);
    List<String> unread = new ArrayList<>();
    for (Class<?> section : records()) {
      for (RecordComponent component : section.getRecordComponents()) {
        if (!isRead(ALL.get(section).getMethod(component.getName()))) {
          unread.add(section.getSimpleName() + "." + component.getName());
        }
      }
    }
    assertThat(unread).isEmpty();
  }
}
