package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.wire.Command;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docs/asyncapi.yaml} describes the topics and commands that there are. */
class AsyncApiTest {
  private static final Path PAGE = Checkout.ROOT.resolve("docs/asyncapi.yaml");
  private static final List<Kind> CHANNELS =
      List.of(
          Kind.REQUEST,
          Kind.RESPONSE,
          Kind.ERROR,
          Kind.EVENT,
          Kind.COMMAND,
          Kind.COMMAND_RESULT,
          Kind.PRESENCE);

  private final JsonNode page = new YAMLMapper().readTree(PAGE.toFile());

  @Test
  void its_channels_are_the_topics_of_requests_answers_events_commands_and_presence() {
    assertThat(page.path("channels").propertyNames())
        .containsExactlyInAnyOrderElementsOf(CHANNELS.stream().map(AsyncApiTest::nameOf).toList());
    for (Kind kind : CHANNELS) {
      Topics.Owner owner = new Topics.Owner(UUID.randomUUID(), UUID.randomUUID());
      String address =
          page.path("channels")
              .path(nameOf(kind))
              .path("address")
              .asString()
              .replace("{tenant_id}", owner.tenantId().toString())
              .replace("{device_id}", owner.deviceId().toString());
      assertThat(address).isEqualTo(new Topics(Topics.DEFAULT_PREFIX).of(owner, kind));
    }
  }

  @Test
  void its_requests_are_the_commands() {
    assertThat(page.path("channels").path("request").path("messages").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Command.Name.values()).map(Command.Name::toString).toList());
    assertThat(
            page.path("operations")
                .valueStream()
                .filter(operation ->
                    operation.at("/channel/$ref").asString().equals("#/channels/request")))
        .hasSize(Command.Name.values().length);
  }

  @ParameterizedTest
  @EnumSource
  void a_command_is_asked_and_answered_with_its_own_schemas(Command.Name name) {
    JsonNode operation = page.path("operations").path(name.toString());
    assertThat(operation.path("channel").path("$ref").asString()).isEqualTo("#/channels/request");
    assertThat(operation.path("reply").path("channel").path("$ref").asString())
        .isEqualTo("#/channels/response");
    assertThat(resolved(resolved(operation.path("messages").path(0))))
        .isEqualTo(message(name.toString()));

    JsonNode asked = message(name.toString()).at("/payload/allOf/1/properties");
    assertThat(asked.at("/command/const").asString()).isEqualTo(name.toString());
    assertThat(asked.at("/payload/$ref").asString())
        .isEqualTo("#/components/schemas/" + name + "_payload");
    JsonNode answered = message(name + "_result").at("/payload/allOf/1/properties");
    assertThat(answered.at("/command/const").asString()).isEqualTo(name.toString());
    assertThat(answered.at("/result/$ref").asString()).isEqualTo(resultOf(name));
  }

  @Test
  void whatever_it_refers_to_is_in_it() {
    List<String> references =
        page.findValues("$ref").stream().map(JsonNode::asString).distinct().toList();
    assertThat(references).hasSizeGreaterThan(50);
    assertThat(references)
        .allSatisfy(reference -> {
          assertThat(reference).startsWith("#/");
          assertThat(page.at(reference.substring(1)).isMissingNode()).isFalse();
        });
  }

  /** As the schema of replies says it. */
  private static String resultOf(Command.Name name) {
    JsonNode reply =
        JsonMapper.shared().readTree(Checkout.ROOT.resolve("docs/schemas/reply.json").toFile());
    return reply
        .at("/then/allOf")
        .valueStream()
        .filter(one -> one.at("/if/properties/command/const").asString().equals(name.toString()))
        .map(one -> one.at("/then/properties/result/$ref").asString())
        .map(AsyncApiSchemas::inlined)
        .findFirst()
        .orElseThrow();
  }

  private JsonNode message(String name) {
    JsonNode message = page.path("components").path("messages").path(name);
    assertThat(message.isObject()).as(name).isTrue();
    return message;
  }

  private JsonNode resolved(JsonNode reference) {
    return page.at(reference.path("$ref").asString().substring(1));
  }

  private static String nameOf(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
