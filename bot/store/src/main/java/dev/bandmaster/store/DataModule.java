package dev.bandmaster.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.Data;
import java.io.IOException;

/** Lets Jackson write {@link Data} as the JSON that it stands for, without names of types. */
final class DataModule {
  private DataModule() {}

  static Module create() {
    return new SimpleModule("data")
        .addSerializer(Data.class, new Serializer())
        .addDeserializer(Data.class, new Deserializer())
        .addDeserializer(Data.Fields.class, new FieldsDeserializer());
  }

  private static final class Serializer extends StdSerializer<Data> {
    private static final long serialVersionUID = 1L;

    Serializer() {
      super(Data.class);
    }

    @Override
    public void serialize(Data data, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeTree(DataJson.write(data));
    }

    @Override
    public void serializeWithType(
        Data data, JsonGenerator json, SerializerProvider provider, TypeSerializer type)
        throws IOException {
      serialize(data, json, provider);
    }
  }

  private static final class Deserializer extends StdDeserializer<Data> {
    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(Data.class);
    }

    @Override
    public Data deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return DataJson.read(context.readTree(json));
    }

    @Override
    public Data getNullValue(DeserializationContext context) {
      return Data.none();
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Data.none();
    }
  }

  private static final class FieldsDeserializer extends StdDeserializer<Data.Fields> {
    private static final long serialVersionUID = 1L;

    FieldsDeserializer() {
      super(Data.Fields.class);
    }

    @Override
    public Data.Fields deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      JsonNode tree = context.readTree(json);
      return DataJson.fields(tree);
    }
  }
}
