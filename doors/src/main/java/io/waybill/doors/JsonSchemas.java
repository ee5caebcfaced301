package io.waybill.doors;

import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.project.MetadataSchemas;
import io.waybill.wire.WireLimits;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON Schema 2020-12. A schema stands for itself: it refers to nothing, so that it cannot make us
 * fetch, loop or grow, and its patterns are RE2's, which take time linear in what they are given.
 */
public final class JsonSchemas implements MetadataSchemas {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final EntryCode BAD_SCHEMA = EntryCode.METADATA_BAD_SCHEMA;
  private static final EntryCode MISMATCH = EntryCode.METADATA_SCHEMA_MISMATCH;
  private static final int MESSAGE_CHARS = 300;
  private static final Set<String> REFERENCES =
      Set.of("$ref", "$dynamicRef", "$recursiveRef", "$id", "$vocabulary");

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .locale(Locale.ENGLISH)
          .regularExpressionFactory(regex -> {
            Pattern pattern = Pattern.compile(regex);
            return text -> pattern.matcher(text).find();
          })
          .build();

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaRegistryConfig(CONFIG)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false)));

  private final Schema rulesOfSchemas = REGISTRY.getSchema(SchemaLocation.of(DIALECT));

  @Override
  public List<FieldError> faultsOf(String field, Map<String, Object> schema) {
    Optional<FieldError> reference = reference(field, schema);
    if (reference.isPresent()) {
      return List.of(reference.get());
    }
    if (!DIALECT.equals(schema.getOrDefault("$schema", DIALECT))) {
      return List.of(new FieldError(field + ".$schema", BAD_SCHEMA, "must be " + DIALECT));
    }
    List<FieldError> faults = errors(field, BAD_SCHEMA, rulesOfSchemas.validate(tree(schema)));
    return faults.isEmpty() ? unreadable(field, schema) : faults;
  }

  /** What the rules of schemas do not say: patterns that nobody can read. */
  private static List<FieldError> unreadable(String field, Map<String, Object> schema) {
    try {
      Schema read = REGISTRY.getSchema(tree(schema));
      read.initializeValidators();
      return List.of();
    } catch (RuntimeException e) {
      return List.of(
          new FieldError(
              field, BAD_SCHEMA, cut("cannot be used: " + String.valueOf(e.getMessage()))));
    }
  }

  private static Optional<FieldError> reference(String field, Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .flatMap(entry -> {
                String inner = field + "." + entry.getKey();
                return REFERENCES.contains(String.valueOf(entry.getKey()))
                    ? Stream.of(
                        new FieldError(inner, BAD_SCHEMA, "a schema here refers to nothing"))
                    : reference(inner, entry.getValue()).stream();
              })
              .findFirst();
      case Collection<?> items ->
          items.stream().flatMap(item -> reference(field, item).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  @Override
  public List<FieldError> judge(
      String field, Map<String, Object> metadata, Map<String, Object> schema) {
    return errors(field, MISMATCH, REGISTRY.getSchema(tree(schema)).validate(tree(metadata)));
  }

  private static JsonNode tree(Map<String, Object> value) {
    return JsonMapper.shared().valueToTree(value);
  }

  private static List<FieldError> errors(String field, EntryCode code, List<Error> errors) {
    return errors.stream()
        .limit(WireLimits.FIELD_ERRORS)
        .map(error -> new FieldError(place(field, error), code, cut(error.getMessage())))
        .toList();
  }

  /** The path of the value in the request; what is missing has the path that it would have. */
  private static String place(String field, Error error) {
    StringBuilder place = new StringBuilder(field);
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      Object step = error.getInstanceLocation().getElement(i);
      if (step instanceof Integer index) {
        place.append('[').append(index).append(']');
      } else {
        place.append('.').append(step);
      }
    }
    String missing = "required".equals(error.getKeyword()) ? error.getProperty() : null;
    return missing == null ? place.toString() : place + "." + missing;
  }

  private static String cut(String message) {
    return message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS);
  }
}
