package io.waybill.acceptance.plc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient.Mqtt3Publishes;
import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The questions of the blocks in Structured Text and SCL upload a file, sent and read as those
 * blocks send and read them. That the blocks compile is proved by nobody here.
 */
@Timeout(300)
@ExtendWith(SharedSite.class)
class ControllerTextsTest {
  private static final String ROBOT = DevelopmentIdentities.ROBOT_17.toString();
  private static final String TOPIC =
      "device/" + DevelopmentIdentities.TENANT + "/" + ROBOT + "/upload/";

  /** What the blocks have room for. */
  private static final int ANSWER = 4096;

  private static final int URL = 1024;

  @TempDir Path folder;

  @Test
  void structured_text_says_what_uploads_a_file(Site site) throws Exception {
    Questions questions = Questions.of("waybill_upload.st");
    new Conversation(new Controller(site, folder), questions, "WB_").upload(file());
  }

  @Test
  void scl_says_what_uploads_a_file(Site site) throws Exception {
    Questions questions = Questions.of("waybill_upload.scl");
    new Conversation(new Controller(site, folder), questions, "").upload(file());
  }

  private Path file() throws IOException {
    Path file = folder.resolve("cell-07-camera-left-run-0000042.mcap");
    assertThat(file.getFileName().toString()).hasSize(36);
    byte[] bytes = new byte[9_000_000];
    Arrays.fill(bytes, (byte) 7);
    return Files.write(file, bytes);
  }

  /** One upload, question by question. */
  private record Conversation(Controller controller, Questions questions, String prefix) {

    void upload(Path file) throws Exception {
      String key = UUID.randomUUID().toString().substring(0, 16);
      Mqtt3BlockingClient client = connected();
      try (Mqtt3Publishes answers = client.publishes(MqttGlobalPublishFilter.ALL);
          Api store = new Api(controller.site().api(), DevelopmentIdentities.API_KEY)) {
        client.subscribeWith().topicFilter(TOPIC + "response").qos(MqttQos.AT_LEAST_ONCE).send();
        byte[] bytes = Files.readAllBytes(file);
        String created =
            asked(
                client,
                answers,
                "CREATE",
                Map.of(
                    "%k", key,
                    "%p", DevelopmentIdentities.PROJECT.toString(),
                    "%f", file.getFileName().toString(),
                    "%b", Integer.toString(bytes.length)));
        String session = value(created, "SESSION", "SESSION_ID");
        int parts = Integer.parseInt(value(created, "PARTS", "PART_COUNT"));
        for (int part = 1; part <= parts; part++) {
          Map<String, String> which =
              Map.of("%k", key, "%n", "9" + part, "%s", session, "%i", Integer.toString(part));
          String signed = asked(client, answers, "PRESIGN", which);
          int offset = Integer.parseInt(value(signed, "OFFSET", "OFFSET_IS"));
          int length = Integer.parseInt(value(signed, "BYTES", "BYTES_ARE"));
          String url = value(signed, "URL", "URL_IS");
          assertThat(url.length()).isLessThan(URL);
          String etag = store.put(url, Arrays.copyOfRange(bytes, offset, offset + length));
          asked(
              client,
              answers,
              "ACK",
              Map.of(
                  "%k",
                  key,
                  "%n",
                  "8" + part,
                  "%s",
                  session,
                  "%i",
                  Integer.toString(part),
                  "%e",
                  etag.replace("\"", ""),
                  "%c",
                  Integer.toString(length)));
        }
        asked(client, answers, "COMPLETE", Map.of("%k", key, "%s", session));
        controller.assertStored(session, Sample.of(file));
      } finally {
        client.disconnect();
      }
    }

    private String asked(
        Mqtt3BlockingClient client, Mqtt3Publishes answers, String name, Map<String, String> values)
        throws InterruptedException {
      String question = questions.filled(prefix + name, values);
      client
          .publishWith()
          .topic(TOPIC + "request")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(question.getBytes(UTF_8))
          .send();
      String id = value(question, "REQUEST_ID", "REQUEST_ID");
      String answer;
      do {
        answer =
            new String(
                answers.receive(60, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes(), UTF_8);
      } while (!value(answer, "REQUEST_ID", "REQUEST_ID").equals(id));
      assertThat(answer.getBytes(UTF_8).length).isLessThanOrEqualTo(ANSWER);
      assertThat(value(answer, "IS_OK", "IS_OK")).as(answer).isEqualTo("true");
      return answer;
    }

    /** The two programs call a marker by one name or the other. */
    private String value(String answer, String inStructuredText, String inScl) {
      String name = prefix.isEmpty() ? inScl : prefix + inStructuredText;
      return questions.value(answer, name);
    }

    private Mqtt3BlockingClient connected() {
      Mqtt3BlockingClient client =
          MqttClient.builder()
              .useMqttVersion3()
              .identifier(ROBOT + "-plctext")
              .serverHost(controller.site().configuration().text(MqttSetting.HOST))
              .serverPort(controller.site().configuration().port(MqttSetting.PORT))
              .simpleAuth()
              .username(ROBOT)
              .password(DevelopmentIdentities.ROBOT_17_CREDENTIAL.getBytes(UTF_8))
              .applySimpleAuth()
              .buildBlocking();
      client.connectWith().cleanSession(true).send();
      return client;
    }
  }
}
