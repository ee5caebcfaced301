package io.waybill.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.OutboxEvent;
import io.waybill.core.webhook.Courier.Parcel;
import io.waybill.core.webhook.Courier.Reply;
import io.waybill.webhooks.Receiver.Message;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link HttpCourier}, to a receiver that is really there. */
@Timeout(60)
class HttpCourierTest {
  private static final byte[] SECRET = "the first of two secrets".getBytes(UTF_8);
  private static final byte[] OTHER = "the other of two secrets".getBytes(UTF_8);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final OutboxEvent EVENT =
      new OutboxEvent(
          new UUID(1, 1),
          new UUID(1, 2),
          null,
          "upload_session",
          new UUID(1, 3),
          7,
          "upload.completed",
          Instant.parse("2026-11-23T08:00:00Z"),
          Map.of("status", "COMPLETED"));

  private final AddressRules here = new AddressRules(true, List.of("127.0.0.1"));

  @TempDir private Path folder;

  @Test
  void an_event_is_brought_whole_and_signed_with_both_secrets() throws Exception {
    try (Receiver receiver = Receiver.plain(Receiver.saying("204 No Content"))) {
      Reply reply = courier(LONG).bring(parcel("http://hook.example:" + receiver.port() + "/a?b"));

      assertThat(reply.error()).isNull();
      assertThat(reply.status()).isEqualTo(204);
      Message message = receiver.messages().getFirst();
      assertThat(message.line()).isEqualTo("POST /a?b HTTP/1.1");
      assertThat(message.header("host")).isEqualTo("hook.example:" + receiver.port());
      assertThat(message.header("content-type")).isEqualTo("application/cloudevents+json");
      assertThat(message.header("webhook-id")).isEqualTo(EVENT.eventId().toString());
      assertThat(message.header("webhook-timestamp")).isEqualTo("1795000000");
      assertThat(message.body())
          .contains("\"specversion\":\"1.0\"", "\"type\":\"upload.completed\"", "COMPLETED");
      assertThat(message.header("webhook-signature"))
          .isEqualTo(signed(SECRET, message) + " " + signed(OTHER, message));
    }
  }

  @Test
  void over_tls_the_name_is_asked_for_and_checked_at_the_address_that_was_looked_up()
      throws Exception {
    TestTls tls = TestTls.in(folder);
    try (Receiver receiver = Receiver.tls(tls.server(), Receiver.saying("200 OK"))) {
      String port = ":" + receiver.port() + "/";
      HttpCourier courier = new HttpCourier(here, host -> List.of(LOOPBACK), tls.client(), LONG);

      assertThat(courier.bring(parcel("https://hook.example" + port)).error()).isNull();
      assertThat(courier.bring(parcel("https://other.example" + port)).error())
          .contains("not for this host");
      assertThat(courier.bring(parcel("https://127.0.0.1" + port)).error()).contains("TLS failed");
      assertThat(courier(LONG).bring(parcel("https://hook.example" + port)).error())
          .contains("TLS failed");
      assertThat(receiver.messages()).hasSize(1);
    }
  }

  @Test
  void whoever_does_not_answer_in_time_has_not_answered() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Receiver receiver =
        Receiver.plain((number, out) -> {
          if (number == 2) {
            out.write(Receiver.head("200 OK", "content-length: 9\r\n\r\nok"));
            out.flush();
          }
          end.await();
        })) {
      String url = "http://hook.example:" + receiver.port();

      Reply silent = courier(SHORT).bring(parcel(url));
      assertThat(silent.status()).isNull();
      assertThat(silent.error()).startsWith("no answer within");
      assertThat(courier(SHORT).bring(parcel(url)).error()).startsWith("no answer within");
      end.countDown();
    }
  }

  @Test
  void drops_that_come_in_time_each_are_not_an_answer_in_time() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Receiver receiver =
        Receiver.plain((number, out) -> {
          out.write(Receiver.head("200 OK", "a: "));
          while (!end.await(20, TimeUnit.MILLISECONDS)) {
            out.write('a');
            out.flush();
          }
        })) {
      Reply reply = courier(SHORT).bring(parcel("http://hook.example:" + receiver.port()));

      assertThat(reply.error()).startsWith("no answer within");
      end.countDown();
    }
  }

  @Test
  void of_an_endless_answer_the_beginning_will_do() throws Exception {
    try (Receiver receiver =
        Receiver.plain((number, out) -> {
          out.write(
              Receiver.head("200 OK", number == 1 ? "\r\n" : "transfer-encoding: chunked\r\n\r\n"));
          byte[] chunk = ("400\r\n" + "a".repeat(1024) + "\r\n").getBytes(UTF_8);
          while (true) {
            out.write(chunk);
          }
        })) {
      String url = "http://hook.example:" + receiver.port();

      assertThat(courier(LONG).bring(parcel(url)).error()).isNull();
      assertThat(courier(LONG).bring(parcel(url)).error()).isNull();
    }
  }

  @Test
  void endless_headers_are_no_answer() throws Exception {
    try (Receiver receiver =
        Receiver.plain((number, out) -> {
          out.write(Receiver.head("200 OK", ""));
          while (true) {
            out.write("a: b\r\n".getBytes(UTF_8));
          }
        })) {
      Reply reply = courier(LONG).bring(parcel("http://hook.example:" + receiver.port()));

      assertThat(reply.status()).isNull();
      assertThat(reply.error()).isNotNull();
    }
  }

  @Test
  void a_redirect_is_told_and_not_followed() throws Exception {
    try (Receiver inside = Receiver.plain(Receiver.saying("200 OK"));
        Receiver receiver =
            Receiver.plain((number, out) ->
                out.write(
                    Receiver.head(
                        (number == 1 ? "302 Found" : "307 Temporary Redirect"),
                        "location: http://127.0.0.1:%d/\r\ncontent-length: 0\r\n\r\n"
                            .formatted(inside.port()))))) {
      String url = "http://hook.example:" + receiver.port();

      Reply found = courier(LONG).bring(parcel(url));
      assertThat(found.status()).isEqualTo(302);
      assertThat(found.error()).contains("redirects are not followed");
      assertThat(courier(LONG).bring(parcel(url)).status()).isEqualTo(307);
      assertThat(inside.messages()).isEmpty();
      assertThat(receiver.messages()).hasSize(2);
    }
  }

  @Test
  void every_other_status_is_a_failure_that_names_it_and_410_is_the_end() throws Exception {
    try (Receiver receiver =
        Receiver.plain((number, out) ->
            Receiver.saying(number == 1 ? "500 Oops" : "410 Gone").to(number, out))) {
      String url = "http://hook.example:" + receiver.port();

      Reply failed = courier(LONG).bring(parcel(url));
      assertThat(failed.error()).isEqualTo("the endpoint answered 500");
      assertThat(failed.isGone()).isFalse();
      assertThat(courier(LONG).bring(parcel(url)).isGone()).isTrue();
      assertThat(receiver.messages()).as("none was tried again").hasSize(2);
    }
  }

  @Test
  void a_name_that_leads_elsewhere_since_is_refused_when_it_is_told_and_looked_up_once()
      throws Exception {
    try (Receiver receiver = Receiver.plain(Receiver.saying("200 OK"))) {
      List<String> asked = new ArrayList<>();
      List<List<InetAddress>> answers =
          new ArrayList<>(
              List.of(
                  List.of(InetAddress.ofLiteral("93.184.216.34")),
                  List.of(InetAddress.ofLiteral("93.184.216.34"), LOOPBACK)));
      HttpCourier courier =
          new HttpCourier(
              new AddressRules(true, List.of()),
              host -> {
                asked.add(host);
                return answers.removeFirst();
              },
              SSLContext.getDefault(),
              LONG);
      String url = "http://hook.example:" + receiver.port();

      assertThat(courier.objection(url)).isEmpty();
      assertThat(courier.bring(parcel(url)).error()).contains("not of the public internet");
      assertThat(asked).containsExactly("hook.example", "hook.example");
      assertThat(receiver.messages()).isEmpty();
    }
  }

  @Test
  void a_name_that_nobody_knows_or_finds_in_time_and_a_port_that_nobody_opened_are_failures()
      throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpCourier lost =
        new HttpCourier(
            here,
            host -> {
              throw new UnknownHostException(host);
            },
            SSLContext.getDefault(),
            LONG);
    HttpCourier slow =
        new HttpCourier(
            here,
            host -> {
              end.await();
              return List.of(LOOPBACK);
            },
            SSLContext.getDefault(),
            SHORT);
    int closed;
    try (Receiver receiver = Receiver.plain(Receiver.saying("200 OK"))) {
      closed = receiver.port();
    }

    assertThat(lost.objection("http://hook.example/"))
        .hasValueSatisfying(why -> assertThat(why).contains("not known"));
    assertThat(lost.bring(parcel("http://hook.example/")).error()).contains("not known");
    assertThat(slow.objection("http://hook.example/")).isPresent();
    assertThat(slow.bring(parcel("http://hook.example/")).error()).startsWith("no answer within");
    assertThat(courier(LONG).bring(parcel("http://127.0.0.1:" + closed + "/")).error())
        .contains("refused");
    end.countDown();
  }

  private HttpCourier courier(Duration patience) throws Exception {
    return new HttpCourier(here, host -> List.of(LOOPBACK), SSLContext.getDefault(), patience);
  }

  private static Parcel parcel(String url) {
    return new Parcel(url, EVENT, List.of(SECRET, OTHER), Instant.ofEpochSecond(1_795_000_000));
  }

  /** As the specification says it, without our own code. */
  private static String signed(byte[] secret, Message message) throws Exception {
    String text =
        message.header("webhook-id")
            + "."
            + message.header("webhook-timestamp")
            + "."
            + message.body();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
  }
}
