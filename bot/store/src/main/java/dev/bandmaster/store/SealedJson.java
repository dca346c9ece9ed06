package dev.bandmaster.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.Data;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON columns, by the names of {@link StoredNames}. A value of a sealed type carries its
 * kind, and what a row holds begins with the number of its format; where there is none it is the
 * first. The types themselves stay free of annotations.
 */
final class SealedJson {

  private static final String PREFIX = "{\"format\":";

  private static final ObjectMapper MAPPER = mapper(StoredNames.FORMAT, "kind");

  /** Reads what was written before names were explicit. */
  private static final ObjectMapper FIRST = mapper(1, "is");

  private SealedJson() {}

  private static ObjectMapper mapper(int format, String kindProperty) {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(DataModule.create())
            .annotationIntrospector(new Introspector(format, kindProperty))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    if (format > 1) {
      // Only components; what is derived from them is not stored.
      builder.disable(MapperFeature.AUTO_DETECT_GETTERS, MapperFeature.AUTO_DETECT_IS_GETTERS);
    }
    return builder.build();
  }

  static String write(Object value) {
    try {
      return inFormat(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written: " + value.getClass(), e);
    }
  }

  /** Writes a value of a sealed type, with its kind. */
  static <T> String write(Class<T> type, T value) {
    try {
      return inFormat(MAPPER.writerFor(type).writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written: " + type, e);
    }
  }

  /** Data of others as the JSON that it stands for. */
  static String writeForeign(Data value) {
    return DataJson.write(value).toString();
  }

  /** What a row holds that was written in the first format: for comparing with it. */
  static String writeFirst(Object value) {
    try {
      return FIRST.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written: " + value.getClass(), e);
    }
  }

  /** Lists have no place for a format; their items are never of a sealed type. */
  private static String inFormat(String json) {
    if (!json.startsWith("{")) {
      return "%s%d,\"items\":%s}".formatted(PREFIX, StoredNames.FORMAT, json);
    }
    String rest = json.substring(1);
    return PREFIX + StoredNames.FORMAT + (rest.equals("}") ? rest : "," + rest);
  }

  /**
   * Reads what {@link #write} has written, in whichever format.
   *
   * @throws UnreadableRow if it is nothing of the kind
   */
  static <T> T read(Class<T> type, String json) {
    try {
      int format = format(json);
      if (format > StoredNames.FORMAT) {
        throw new UnreadableRow("it was written by a newer version, in format " + format, null);
      }
      ObjectMapper mapper = format == 1 ? FIRST : MAPPER;
      T value =
          format > 1 && type.isArray()
              ? mapper.treeToValue(mapper.readTree(json).required("items"), type)
              : mapper.readValue(json, type);
      if (value == null) {
        throw new UnreadableRow("it is empty", null);
      }
      return value;
    } catch (JsonParseException | NumberFormatException e) {
      throw new UnreadableRow("it is not JSON", e);
    } catch (InvalidTypeIdException e) {
      throw new UnreadableRow("its kind is unknown", e);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // Without the cause's message, which may contain data of the row.
      throw new UnreadableRow("a value is missing or unexpected", e);
    }
  }

  /**
   * Reads data of others.
   *
   * @throws UnreadableRow if it is not JSON
   */
  static Data readForeign(String json) {
    try {
      return DataJson.read(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new UnreadableRow("it is not JSON", e);
    }
  }

  private static int format(String json) {
    if (!json.startsWith(PREFIX)) {
      return 1;
    }
    int end = PREFIX.length();
    while (end < json.length()
        && end < PREFIX.length() + 9
        && Character.isDigit(json.charAt(end))) {
      end++;
    }
    return Integer.parseInt(json.substring(PREFIX.length(), end));
  }

  /** Gives types, properties and constants their stored names, as annotations on them would. */
  private static final class Introspector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private final int format;
    private final String kindProperty;

    Introspector(int format, String kindProperty) {
      this.format = format;
      this.kindProperty = kindProperty;
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
        MapperConfig<?> config, AnnotatedClass annotated, JavaType baseType) {
      Class<?> type = annotated.getRawType();
      boolean sealed =
          type.isSealed() || Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
      if (!sealed || Data.class.isAssignableFrom(type)) {
        return super.findTypeResolver(config, annotated, baseType);
      }
      return new StdTypeResolverBuilder()
          .init(JsonTypeInfo.Id.NAME, null)
          .inclusion(JsonTypeInfo.As.PROPERTY)
          .typeProperty(kindProperty);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
      Class<?>[] permitted = annotated.getRawType().getPermittedSubclasses();
      return permitted == null
          ? super.findSubtypes(annotated)
          : records(permitted)
              .map(type -> new NamedType(type, StoredNames.of(type).kind(format)))
              .toList();
    }

    private static Stream<Class<?>> records(Class<?>[] permitted) {
      return Arrays.stream(permitted)
          .flatMap(
              type -> type.isSealed() ? records(type.getPermittedSubclasses()) : Stream.of(type));
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass annotated) {
      Class<?> type = annotated.getRawType();
      if (!type.isRecord()) {
        return super.findTypeName(annotated);
      }
      String kind = StoredNames.of(type).kind(format);
      return kind.isEmpty() ? super.findTypeName(annotated) : kind;
    }

    @Override
    public @Nullable PropertyName findNameForSerialization(Annotated annotated) {
      PropertyName name = component(annotated);
      return name == null ? super.findNameForSerialization(annotated) : name;
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(Annotated annotated) {
      PropertyName name = component(annotated);
      return name == null ? super.findNameForDeserialization(annotated) : name;
    }

    /** What rows of earlier releases lack is empty; anything else that is missing is an error. */
    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
      return annotated instanceof AnnotatedParameter parameter
              && parameter.getOwner().getMember() instanceof Constructor<?> constructor
              && isCanonical(constructor)
              && StoredNames.of(constructor.getDeclaringClass()).isAdded(parameter.getIndex())
          ? JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)
          : super.findSetterInfo(annotated);
    }

    private @Nullable PropertyName component(Annotated annotated) {
      return switch (annotated) {
        case AnnotatedField field -> named(field.getDeclaringClass(), field.getName());
        case AnnotatedMethod method when method.getParameterCount() == 0 ->
            named(method.getDeclaringClass(), method.getName());
        case AnnotatedParameter parameter
            when parameter.getOwner().getMember() instanceof Constructor<?> constructor
                && isCanonical(constructor) ->
            named(constructor.getDeclaringClass(), parameter.getIndex());
        default -> null;
      };
    }

    private @Nullable PropertyName named(Class<?> type, String component) {
      if (!type.isRecord()) {
        return null;
      }
      RecordComponent[] components = type.getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        if (components[i].getName().equals(component)) {
          return named(type, i);
        }
      }
      return null;
    }

    private PropertyName named(Class<?> type, int component) {
      return PropertyName.construct(StoredNames.of(type).properties(format).get(component));
    }

    private static boolean isCanonical(Constructor<?> constructor) {
      Class<?> type = constructor.getDeclaringClass();
      return type.isRecord()
          && Arrays.equals(
              constructor.getParameterTypes(),
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
    }

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass annotated, Enum<?>[] constants, String[] names) {
      for (int i = 0; i < constants.length; i++) {
        names[i] = StoredNames.of(constants[i]);
      }
      return names;
    }
  }
}
