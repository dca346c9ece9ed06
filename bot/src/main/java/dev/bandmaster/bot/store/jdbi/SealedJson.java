package dev.bandmaster.bot.store.jdbi;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON columns. A value of a sealed type carries the simple name of its record in {@code
 * "is"}, so the types themselves stay free of annotations.
 */
final class SealedJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .annotationIntrospector(new Introspector())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private SealedJson() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written: " + value.getClass(), e);
    }
  }

  /** Writes a value of a sealed type, with its name. */
  static <T> String write(Class<T> type, T value) {
    try {
      return MAPPER.writerFor(type).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written: " + type, e);
    }
  }

  static <T> T read(Class<T> type, String json) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the store holds a "
              + type.getSimpleName()
              + " that cannot"
              + " be read; was it written by a newer version?",
          e);
    }
  }

  /** Gives sealed interfaces a type property, as annotations on them would. */
  private static final class Introspector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
        MapperConfig<?> config, AnnotatedClass annotated, JavaType baseType) {
      Class<?> type = annotated.getRawType();
      boolean sealed =
          type.isSealed() || Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
      if (!sealed) {
        return super.findTypeResolver(config, annotated, baseType);
      }
      return new StdTypeResolverBuilder()
          .init(JsonTypeInfo.Id.SIMPLE_NAME, null)
          .inclusion(JsonTypeInfo.As.PROPERTY)
          .typeProperty("is");
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
      Class<?>[] permitted = annotated.getRawType().getPermittedSubclasses();
      return permitted == null
          ? super.findSubtypes(annotated)
          : Arrays.stream(permitted).map(NamedType::new).toList();
    }
  }
}
