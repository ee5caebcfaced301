package io.waybill.acceptance.docs;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The files of {@code docs/schemas} as the components of one document: {@code
 * payload/describe.json} is {@code describe_payload}, {@code common.json#/$defs/uuid} is {@code
 * uuid}.
 */
final class AsyncApiSchemas {
  static final Path FOLDER = Checkout.ROOT.resolve("docs/schemas");

  private static final String HERE = "#/components/schemas/";
  private static final String COMMON = "common.json";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private AsyncApiSchemas() {}

  /** Every schema under its name, as text that stands below {@code components/schemas}. */
  static String text() {
    ObjectNode schemas = YAML.createObjectNode();
    read(COMMON)
        .get("$defs")
        .properties()
        .forEach(definition -> add(schemas, definition.getKey(), definition.getValue()));
    files().stream()
        .filter(file -> !file.equals(COMMON))
        .forEach(file -> add(schemas, nameOf(file), read(file)));
    return YAML.writeValueAsString(schemas).indent(4);
  }

  /** Where a reference of one file to another leads in the one document. */
  static String inlined(String reference) {
    String file = reference.replace("../", "");
    return HERE
        + (file.startsWith(COMMON) ? file.substring(file.lastIndexOf('/') + 1) : nameOf(file));
  }

  private static void add(ObjectNode schemas, String name, JsonNode schema) {
    if (schemas.has(name)) {
      throw new IllegalStateException("two schemas are " + name);
    }
    ObjectNode own = (ObjectNode) schema.deepCopy();
    own.remove(List.of("$schema", "$id"));
    own.findParents("$ref").forEach(AsyncApiSchemas::inline);
    schemas.set(name, own);
  }

  private static void inline(JsonNode parent) {
    ((ObjectNode) parent).set("$ref", StringNode.valueOf(inlined(parent.get("$ref").asString())));
  }

  private static String nameOf(String file) {
    String name = file.replaceFirst("^.*/", "").replaceFirst("\\.json$", "");
    int slash = file.indexOf('/');
    return slash < 0 ? name : name + "_" + file.substring(0, slash);
  }

  private static JsonNode read(String file) {
    return JsonMapper.shared().readTree(FOLDER.resolve(file).toFile());
  }

  private static List<String> files() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FOLDER.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
