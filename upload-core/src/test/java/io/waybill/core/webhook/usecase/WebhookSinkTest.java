package io.waybill.core.webhook.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.app.Stores;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore.Query;
import io.waybill.core.delivery.Sink;
import io.waybill.core.delivery.usecase.DeliveryUseCases;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.webhook.Courier;
import io.waybill.core.webhook.SecretBox;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookParts;
import io.waybill.core.webhook.WebhookSecrets;
import io.waybill.core.webhook.WebhookStatus;
import io.waybill.core.work.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link WebhookSink}, with a courier that answers as it is told to. */
class WebhookSinkTest implements Courier, SecretBox {
  private static final UUID TENANT = new UUID(1, 1);
  private static final UUID ENDPOINT = new UUID(1, 2);
  private static final UUID UPLOAD = new UUID(1, 3);
  private static final String LOST = "sealed with a key that is lost";

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-23T08:00:00Z"));
  private final MemoryDatabase database = new MemoryDatabase();
  private final SequentialIds ids = new SequentialIds();
  private final List<Parcel> brought = new ArrayList<>();
  private final Ports<Stores> ports =
      new Ports<>(
          database,
          new MemoryObjectStore(Set.of()),
          new MemorySigner(),
          ids,
          time,
          new MemoryHeartbeat());
  private final DeliveryUseCases deliveries = DeliveryUseCases.over(ports);
  private final WebhookSink sink =
      WebhookUseCases.over(ports, new WebhookParts(this, this), Set.of()).sink();

  private Reply reply = new Reply(200, 1, null);

  @Test
  void an_event_is_brought_with_every_secret_that_is_valid_and_delivered() {
    has(endpoint().being(WebhookStatus.ENABLED, rotatedUntil(Duration.ofHours(1))));
    OutboxEvent event = happens(1);

    assertThat(round()).isEqualTo(DeliveryStatus.DELIVERED);

    assertThat(brought)
        .singleElement()
        .satisfies(parcel -> {
          assertThat(parcel.event()).isEqualTo(event);
          assertThat(parcel.secrets())
              .extracting(WebhookSinkTest::text)
              .containsExactly("new", "old");
        });
    time.advance(Duration.ofHours(1));
    happens(2);
    round();
    assertThat(brought.getLast().secrets())
        .extracting(WebhookSinkTest::text)
        .containsExactly("new");
  }

  @Test
  void what_was_refused_is_tried_again_and_then_delivered() {
    has(endpoint());
    happens(1);
    reply = new Reply(500, 1, "the endpoint answered 500");
    assertThat(round()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(only().lastError()).isEqualTo("the endpoint answered 500");
    assertThat(round()).as("its pause is not over").isNull();

    time.advance(Duration.ofSeconds(2));
    reply = new Reply(200, 1, null);
    assertThat(round()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(only().attempts()).isEqualTo(2);
  }

  @Test
  void twelve_refusals_make_a_dead_letter() {
    has(endpoint());
    happens(1);
    reply = new Reply(null, 1, "no answer within 10 s");
    for (int i = 1; i < Delivery.MOST_ATTEMPTS; i++) {
      assertThat(round()).isEqualTo(DeliveryStatus.PENDING);
      time.advance(Duration.ofHours(2));
    }
    assertThat(round()).isEqualTo(DeliveryStatus.DEAD_LETTERED);
    assertThat(brought).hasSize(Delivery.MOST_ATTEMPTS);
  }

  @Test
  void one_that_answers_410_is_disabled_and_told_nothing_any_more() {
    has(endpoint());
    happens(1);
    happens(2);
    reply = new Reply(410, 1, "the endpoint answered 410");

    assertThat(round()).isEqualTo(DeliveryStatus.DEAD_LETTERED);
    assertThat(found().orElseThrow().status()).isEqualTo(WebhookStatus.DISABLED);
    assertThat(found().orElseThrow().version()).isEqualTo(2);
    assertThat(database.audit())
        .extracting(row -> row.action() + " by " + row.actor())
        .containsExactly("webhook_endpoint.disabled by worker");
    assertThat(round())
        .as("what was under way is given up")
        .isEqualTo(DeliveryStatus.DEAD_LETTERED);
    happens(3);
    assertThat(round()).as("nothing is kept for it").isNull();
    assertThat(brought).hasSize(1);
  }

  @Test
  void one_that_has_another_url_meanwhile_is_not_disabled() {
    has(endpoint());
    happens(1);
    reply = new Reply(410, 1, "the endpoint answered 410");
    onTheWay = () -> has(endpoint().changed("https://b.example/", null, List.of("*"), T0));

    assertThat(round()).isEqualTo(DeliveryStatus.DEAD_LETTERED);
    assertThat(found().orElseThrow().status()).isEqualTo(WebhookStatus.ENABLED);
  }

  @Test
  void what_is_due_to_one_that_was_deleted_is_given_up() {
    has(endpoint());
    happens(1);
    look();
    database.commit(tx -> {
      tx.webhookEndpoints().delete(endpoint());
      return UPLOAD;
    });

    assertThat(round()).isEqualTo(DeliveryStatus.DEAD_LETTERED);
    assertThat(only().lastError()).isEqualTo("the endpoint was deleted");
    assertThat(brought).isEmpty();
  }

  @Test
  void a_secret_whose_key_is_lost_is_a_failure_that_says_so() {
    has(endpoint().being(WebhookStatus.ENABLED, WebhookSecrets.of(LOST)));
    happens(1);

    assertThat(round()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(only().lastError()).contains("a key that this process has not");
    assertThat(brought).isEmpty();
  }

  private static final Instant T0 = Instant.parse("2026-11-23T08:00:00Z");

  private Runnable onTheWay = () -> {};

  private static WebhookEndpoint endpoint() {
    return new WebhookEndpoint(
        ENDPOINT,
        TENANT,
        "https://a.example/",
        null,
        List.of("*"),
        WebhookStatus.ENABLED,
        WebhookSecrets.of("new"),
        1,
        T0,
        T0);
  }

  private static WebhookSecrets rotatedUntil(Duration later) {
    return WebhookSecrets.of("old").rotated("new", T0, T0.plus(later));
  }

  private void has(WebhookEndpoint endpoint) {
    database.commit(tx -> {
      tx.webhookEndpoints().update(endpoint);
      return endpoint;
    });
  }

  private Optional<WebhookEndpoint> found() {
    return database.read(tx -> tx.webhookEndpoints().find(TENANT, ENDPOINT));
  }

  private OutboxEvent happens(long sequence) {
    OutboxEvent event =
        new OutboxEvent(
            ids.next(),
            TENANT,
            null,
            "upload_session",
            UPLOAD,
            sequence,
            "upload.completed",
            time.instant(),
            Map.of());
    return database.commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event;
    });
  }

  private void look() {
    database.commit(
        tx -> tx.deliveries().fanOut(sink.name(), sink.interest(), ids, time.instant(), 100));
  }

  /** What became of the one delivery that was due; null when none was. */
  private @Nullable DeliveryStatus round() {
    List<Delivery> claimed = deliveries.claimFor().apply(sink).handle(Set.of(), 8, 100).toTell();
    assertThat(claimed).hasSizeLessThan(2);
    if (claimed.isEmpty()) {
      return null;
    }
    Sink.Outcome outcome = sink.tell(claimed).getFirst();
    return deliveries.settle().handle(claimed.getFirst(), outcome);
  }

  private static String text(byte[] secret) {
    return new String(secret, StandardCharsets.UTF_8);
  }

  private Delivery only() {
    List<Delivery> all =
        database.read(tx -> tx.deliveries().list(new Query(TENANT, null, null, null, 10)));
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Override
  public Optional<String> objection(String url) {
    return Optional.empty();
  }

  @Override
  public Reply bring(Parcel parcel) {
    brought.add(parcel);
    onTheWay.run();
    return reply;
  }

  @Override
  public String seal(UUID webhookEndpointId, byte[] secret) {
    return new String(secret, StandardCharsets.UTF_8);
  }

  @Override
  public byte[] open(UUID webhookEndpointId, String sealed) {
    if (sealed.equals(LOST)) {
      throw new IllegalStateException("a secret's key is not here");
    }
    return sealed.getBytes(StandardCharsets.UTF_8);
  }
}
