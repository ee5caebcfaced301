package io.waybill.agent.command;

import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A command as it came. Its parts are read when they are needed, because whoever cannot obey has to
 * say so under its id.
 *
 * @param expiresInSeconds from when it was told; null when that was not said
 */
record Instruction(
    UUID commandId, String command, JsonNode payload, @Nullable Long expiresInSeconds) {

  private static final int MOST_TEXT = 4096;

  /** Reads one; empty when nobody could be told what is wrong with it. */
  static Optional<Instruction> read(byte[] message) {
    return Json.parse(message) instanceof Parsed.Read<JsonNode>(JsonNode node)
        ? uuid(node.path("command_id").asString("")).map(id -> of(id, node))
        : Optional.empty();
  }

  private static Instruction of(UUID id, JsonNode node) {
    JsonNode payload = node.path("payload");
    JsonNode left = node.path("expires_in_seconds");
    return new Instruction(
        id,
        node.path("command").asString(""),
        payload.isObject() ? payload : JsonNodeFactory.instance.objectNode(),
        left.canConvertToLong() ? left.asLong() : null);
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Texts of its payload; empty where they are not given. */
  List<String> texts(String name, int most) throws RefusedException {
    JsonNode list = given(name);
    List<String> texts = new ArrayList<>();
    if (!list.isMissingNode() && (!list.isArray() || list.size() > most)) {
      throw wrong(name, "is a list of at most " + most + " texts");
    }
    for (JsonNode text : list) {
      if (!text.isString()) {
        throw wrong(name, "is a list of texts");
      }
      texts.add(text.stringValue());
    }
    return texts;
  }

  Optional<String> text(String name) throws RefusedException {
    JsonNode text = given(name);
    if (text.isMissingNode()) {
      return Optional.empty();
    }
    if (!text.isString() || text.stringValue().length() > MOST_TEXT) {
      throw wrong(name, "is a text of at most " + MOST_TEXT + " characters");
    }
    return Optional.of(text.stringValue());
  }

  Optional<UUID> id(String name) throws RefusedException {
    Optional<String> text = text(name);
    Optional<UUID> id = text.flatMap(Instruction::uuid);
    if (text.isPresent() && id.isEmpty()) {
      throw wrong(name, "is a UUID");
    }
    return id;
  }

  OptionalInt number(String name, int least, int most) throws RefusedException {
    JsonNode number = given(name);
    if (number.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!number.isIntegralNumber()
        || !number.canConvertToInt()
        || number.intValue() < least
        || number.intValue() > most) {
      throw wrong(name, "is a whole number from " + least + " to " + most);
    }
    return OptionalInt.of(number.intValue());
  }

  boolean flag(String name) throws RefusedException {
    JsonNode flag = given(name);
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw wrong(name, "is true or false");
    }
    return flag.asBoolean(false);
  }

  private JsonNode given(String name) {
    JsonNode value = payload.path(name);
    return value.isNull() ? JsonNodeFactory.instance.missingNode() : value;
  }

  private static RefusedException wrong(String name, String what) {
    return new RefusedException("command_invalid", "payload." + name + " " + what);
  }
}
