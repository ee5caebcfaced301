package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Bytes that are no request: each is answered, none is obeyed, and the doors stay open. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class GarbageTest {
  private static final long SEED = 20261126;

  private final Site site;
  private final RawHttp http;
  private final Api everything;
  private final Device robot;
  private final TwoPartUpload.Begun open;
  private final long tasks;

  GarbageTest(Site site) {
    this.site = site;
    this.http = new RawHttp(site.api(), DevelopmentIdentities.ROBOT_17_CREDENTIAL);
    this.everything = TwoPartUpload.everything(site);
    this.robot = Device.robot17(site.configuration());
    this.open = TwoPartUpload.begin(Door.mqtt(robot), "among-garbage");
    this.tasks = tasks();
  }

  @AfterEach
  void nothing_was_made_and_both_doors_serve() {
    assertThat(robot.result("describe", "{}").path("device").path("device_id").asString())
        .isEqualTo(TwoPartUpload.ROBOT_17);
    assertThat(everything.get("/v1/uploads/" + open.session()).ok().path("status").asString())
        .isEqualTo("INITIATED");
    assertThat(tasks()).isEqualTo(tasks);
  }

  @AfterAll
  void leave() {
    robot.close();
    http.close();
    everything.close();
  }

  /** What no reader can make a request of; nothing in it says which request it was. */
  static Stream<Arguments> nonsense() {
    return Stream.of(
        Arguments.of("nothing", bytes("")),
        Arguments.of("a blank", bytes(" \n")),
        Arguments.of("a word", bytes("upload!")),
        Arguments.of("a number", bytes("17")),
        Arguments.of("null", bytes("null")),
        Arguments.of("a list", bytes("[]")),
        Arguments.of("two documents", bytes("{} {}")),
        Arguments.of("a comma too many", bytes("{\"objects\":[],}")),
        Arguments.of("single quotes", bytes("{'objects':[]}")),
        Arguments.of("not a number", bytes("{\"objects\":NaN}")),
        Arguments.of("a number of 1000 digits", bytes("{\"n\":" + "9".repeat(1000) + "}")),
        Arguments.of("a name of 1000 characters", bytes("{\"" + "n".repeat(1000) + "\":1}")),
        Arguments.of("a name twice", bytes("{\"objects\":[],\"objects\":[]}")),
        Arguments.of("half of UTF-8", new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}),
        Arguments.of("1000 lists in each other", bytes("[".repeat(1000) + "]".repeat(1000))),
        Arguments.of("100 000 lists in each other", bytes("[".repeat(100_000))),
        Arguments.of(
            "1500 objects in each other", bytes("{\"a\":".repeat(1500) + "1" + "}".repeat(1500))),
        Arguments.of("an XML document", bytes("<?xml version=\"1.0\"?><a/>")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void what_is_no_json_object_is_malformed_at_both_doors(String name, byte[] bytes) {
    robot.say(bytes);
    assertThat(code(robot.nextError())).isEqualTo("mqtt.malformed");

    Api.Answer answer = http.post(createPath(), bytes);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("request.malformed");
  }

  @Test
  void random_bytes_are_malformed_at_both_doors() {
    Random random = new Random(SEED);
    int count = Scale.times(300);
    for (int n = 0; n < count; n++) {
      byte[] bytes = new byte[1 + random.nextInt(600)];
      random.nextBytes(bytes);
      robot.say(bytes);
      Api.Answer answer = http.post(createPath(), bytes);
      assertThat(answer.status() + " " + answer.code())
          .as("number %d of seed %d", n, SEED)
          .isEqualTo("400 request.malformed");
    }
    IntStream.range(0, count)
        .forEach(n -> assertThat(code(robot.nextError())).isEqualTo("mqtt.malformed"));
  }

  @Test
  void a_request_that_is_cut_anywhere_is_malformed_at_both_doors() {
    String request = TwoPartUpload.request("cut");
    byte[] body = bytes(request);
    for (int length = 1; length < body.length; length += 11) {
      Api.Answer answer = http.post(createPath(), Arrays.copyOf(body, length));
      assertThat(answer.status() + " " + answer.code()).isEqualTo("400 request.malformed");
    }
    List<String> heard = new ArrayList<>();
    byte[] envelope =
        bytes(
            "{\"request_id\":\"cut\",\"command\":\"create_session\",\"payload\":" + request + "}");
    int readable = "{\"request_id\":\"cut\"".length();
    for (int length = 1; length < envelope.length; length += 11) {
      byte[] cut = Arrays.copyOf(envelope, length);
      if (length < readable) {
        robot.say(cut);
        heard.add(code(robot.nextError()));
      } else {
        heard.add(code(robot.askAs("cut", new String(cut, UTF_8))));
      }
    }
    assertThat(heard).hasSizeGreaterThan(20).containsOnly("mqtt.malformed");
  }

  /** Valid JSON with a few bytes changed: whatever it becomes, it is answered and does no harm. */
  @Test
  void a_request_with_broken_bytes_is_answered_at_both_doors() {
    Random random = new Random(SEED + 1);
    byte[] request = bytes(open.with(",\"part_numbers\":[0]"));
    for (int n = 0; n < Scale.times(150); n++) {
      byte[] broken = request.clone();
      for (int hit = 0; hit <= random.nextInt(3); hit++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      Api.Answer answer = http.post("/v1/uploads/" + open.session() + "/parts/presign", broken);
      assertThat(answer.code())
          .as("number %d of seed %d", n, SEED)
          .isIn("request.malformed", "request.validation_failed");
      byte[] before =
          bytes("{\"request_id\":\"b" + n + "\",\"command\":\"presign_parts\",\"payload\":");
      assertThat(code(robot.askAs("b" + n, joined(before, broken))))
          .as("number %d of seed %d", n, SEED)
          .isIn("mqtt.malformed", "request.validation_failed", "upload_session.not_found");
    }
  }

  private static byte[] joined(byte[] before, byte[] payload) {
    byte[] whole = Arrays.copyOf(before, before.length + payload.length + 1);
    System.arraycopy(payload, 0, whole, before.length, payload.length);
    whole[whole.length - 1] = '}';
    return whole;
  }

  @Test
  void a_payload_of_300_KB_is_too_large_for_mqtt_and_told_so() {
    String note = "n".repeat(300 << 10);
    String request =
        "{\"request_id\":\"big\",\"command\":\"create_session\",\"payload\":{\"task_name\":\""
            + note
            + "\"}}";

    JsonNode answer = robot.askAs("big", request);

    assertThat(code(answer)).isEqualTo("mqtt.request_too_large");
    assertThat(answer.path("error").path("details").path("limit_bytes").asInt())
        .isEqualTo(256 << 10);
    robot.say(bytes("x".repeat(300 << 10)));
    assertThat(code(robot.nextError())).isEqualTo("mqtt.request_too_large");
  }

  @Test
  void a_body_of_more_than_1_MiB_is_too_large_for_http_and_told_so() {
    Api.Answer answer =
        http.post(createPath(), bytes("{\"task_name\":\"" + "n".repeat(2 << 20) + "\"}"));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("request.too_large");
  }

  private long tasks() {
    return site.database().count("select count(*) from upload_tasks");
  }

  private static String createPath() {
    return "/v1/projects/" + TwoPartUpload.PROJECT + "/upload-tasks";
  }

  private static String code(JsonNode answer) {
    return answer.path("error").path("code").asString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
