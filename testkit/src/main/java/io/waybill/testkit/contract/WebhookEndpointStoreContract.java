package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore.Query;
import io.waybill.core.delivery.DeliveryStore.Share;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookEndpointStore;
import io.waybill.core.webhook.WebhookSecrets;
import io.waybill.core.webhook.WebhookStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link WebhookEndpointStore}, and what a sink's deliveries to such endpoints are. */
public abstract class WebhookEndpointStoreContract extends PortContract {
  private static final String BY_NAME = "upload.part_acknowledged";
  private static final Sink.Interest INTEREST = new Sink.OfEndpoints(Set.of(BY_NAME));
  private static final UUID ONE = Ids.next();
  private static final UUID OTHER = Ids.next();
  private static final int MANY = 500;

  /** Nobody else's: every sink is told everything that is in the database. */
  private final String sink = "sink-" + Ids.next();

  @Test
  void what_was_added_is_found_whole_in_its_own_tenant_only() {
    WebhookEndpoint plain = added(world.tenantId(), "*");
    WebhookEndpoint whole =
        plain
            .changed("https://b.example/", "line 3", List.of("upload.*", "dataset.ready"), at(2))
            .being(WebhookStatus.DISABLED, new WebhookSecrets("new", "old", at(9)));

    assertThat(found(world.tenantId(), plain)).contains(plain);
    assertThat(found(world.otherTenantId(), plain)).isEmpty();
    commit(tx -> {
      assertThat(tx.webhookEndpoints().lock(world.otherTenantId(), plain.webhookEndpointId()))
          .isEmpty();
      assertThat(tx.webhookEndpoints().lock(world.tenantId(), plain.webhookEndpointId()))
          .contains(plain);
      tx.webhookEndpoints().update(whole);
      return whole;
    });
    assertThat(found(world.tenantId(), plain)).contains(whole);
  }

  @Test
  void what_was_taken_away_is_gone() {
    WebhookEndpoint one = added(world.tenantId(), "*");
    commit(tx -> {
      tx.webhookEndpoints().delete(one);
      return one;
    });
    assertThat(found(world.tenantId(), one)).isEmpty();
  }

  @Test
  void a_tenant_has_no_more_than_it_may() {
    added(world.tenantId(), "*");
    added(world.otherTenantId(), "*");
    WebhookEndpoint second = endpoint(world.tenantId(), "*");

    assertThat(insert(second, 1)).isFalse();
    assertThat(found(world.tenantId(), second)).isEmpty();
    assertThat(insert(second, 2)).isTrue();
  }

  @Test
  void a_list_is_a_tenant_s_newest_first() {
    WebhookEndpoint first = added(world.tenantId(), "*");
    WebhookEndpoint second = added(world.tenantId(), "*");
    WebhookEndpoint third = added(world.tenantId(), "*");
    added(world.otherTenantId(), "*");

    assertThat(list(null, 10)).containsExactly(third, second, first);
    assertThat(list(null, 2)).containsExactly(third, second);
    assertThat(list(second.webhookEndpointId(), 2)).containsExactly(first);
  }

  @Test
  void each_endpoint_is_told_what_it_asked_for_and_nobody_else_s() {
    WebhookEndpoint all = added(world.tenantId(), "*");
    WebhookEndpoint group = added(world.tenantId(), "upload.*");
    WebhookEndpoint named = added(world.tenantId(), "dataset.ready", BY_NAME);
    WebhookEndpoint disabled = added(world.tenantId(), "*");
    commit(tx -> {
      tx.webhookEndpoints().update(disabled.being(WebhookStatus.DISABLED, disabled.secrets()));
      return disabled;
    });
    added(world.otherTenantId(), "*");
    wrote("upload.completed", ONE, 1);
    wrote(BY_NAME, ONE, 2);
    wrote("dataset.ready", OTHER, 1);
    wrote("uploader.seen", OTHER, 2);
    lookAtAll();

    assertThat(told(all)).containsExactly("upload.completed", "dataset.ready", "uploader.seen");
    assertThat(told(group)).containsExactly("upload.completed");
    assertThat(told(named)).containsExactly(BY_NAME, "dataset.ready");
    assertThat(told(disabled)).isEmpty();
  }

  @Test
  void events_are_in_order_to_each_endpoint_and_one_that_is_slow_holds_up_no_other() {
    WebhookEndpoint slow = added(world.tenantId(), "*");
    WebhookEndpoint quick = added(world.tenantId(), "*");
    wrote("upload.initiated", ONE, 1);
    wrote("upload.completed", ONE, 2);
    lookAtAll();

    assertThat(claim(1, Set.of(), 8)).hasSize(2);
    settleAll(quick);
    List<Delivery> next = claim(2, Set.of(), 8);
    assertThat(next).extracting(Delivery::endpoint).containsExactly(idOf(quick));
    assertThat(next.getFirst().event().sequence()).isEqualTo(2);
    assertThat(told(slow)).hasSize(2);
  }

  @Test
  void a_share_has_so_many_of_each_and_none_of_those_who_are_left_alone() {
    WebhookEndpoint one = added(world.tenantId(), "*");
    WebhookEndpoint other = added(world.tenantId(), "*");
    for (int i = 0; i < 3; i++) {
      wrote("upload.initiated", Ids.next(), 1);
    }
    lookAtAll();

    assertThat(claim(1, Set.of(idOf(one)), 2))
        .hasSize(2)
        .allMatch(claimed -> claimed.endpoint().equals(idOf(other)));
    assertThat(claim(1, Set.of(), 2))
        .extracting(Delivery::endpoint)
        .containsExactlyInAnyOrder(idOf(one), idOf(one), idOf(other));
    assertThat(claim(1, Set.of(), 2)).extracting(Delivery::endpoint).containsExactly(idOf(one));
  }

  private static String idOf(WebhookEndpoint endpoint) {
    return endpoint.webhookEndpointId().toString();
  }

  private WebhookEndpoint added(UUID tenant, String... types) {
    WebhookEndpoint endpoint = endpoint(tenant, types);
    assertThat(insert(endpoint, WebhookEndpoint.MOST_OF_A_TENANT)).isTrue();
    return endpoint;
  }

  private static WebhookEndpoint endpoint(UUID tenant, String... types) {
    return new WebhookEndpoint(
        Ids.next(),
        tenant,
        "https://a.example/hook?a=b",
        null,
        List.of(types),
        WebhookStatus.ENABLED,
        WebhookSecrets.of("sealed"),
        1,
        T0,
        T0);
  }

  private boolean insert(WebhookEndpoint endpoint, int most) {
    return commit(tx -> tx.webhookEndpoints().insert(endpoint, most));
  }

  private Optional<WebhookEndpoint> found(UUID tenant, WebhookEndpoint one) {
    return read(tx -> tx.webhookEndpoints().find(tenant, one.webhookEndpointId()));
  }

  private List<WebhookEndpoint> list(@Nullable UUID before, int limit) {
    return read(tx ->
        tx.webhookEndpoints()
            .list(new WebhookEndpointStore.Query(world.tenantId(), before, limit)));
  }

  private void wrote(String type, UUID aggregate, long sequence) {
    OutboxEvent event =
        new OutboxEvent(
            Ids.next(),
            world.tenantId(),
            null,
            "upload_session",
            aggregate,
            sequence,
            type,
            at(sequence),
            Map.of());
    commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event;
    });
  }

  private void lookAtAll() {
    int seen = MANY;
    while (seen == MANY) {
      seen = commit(tx -> tx.deliveries().fanOut(sink, INTEREST, Ids::next, at(0), MANY)).events();
    }
  }

  /** Of its own tenant: in a database that others use, their events are claimed, too. */
  private List<Delivery> claim(long second, Set<String> except, int each) {
    Share share = Share.ofEndpoints(sink, except, each, MANY);
    return read(tx -> tx.deliveries().claim(share, at(second), at(second + 60))).stream()
        .filter(one -> one.event().tenantId().equals(world.tenantId()))
        .toList();
  }

  /** Everything that is under way to it is delivered. */
  private void settleAll(WebhookEndpoint endpoint) {
    List<Delivery> delivered =
        all().stream()
            .filter(one -> one.endpoint().equals(idOf(endpoint)) && one.attempts() > 0)
            .map(one ->
                new Delivery(
                    one.deliveryId(),
                    one.sink(),
                    one.endpoint(),
                    one.event(),
                    DeliveryStatus.DELIVERED,
                    one.attempts(),
                    one.claim(),
                    at(1),
                    at(1),
                    null))
            .toList();
    int settled = read(tx -> tx.deliveries().settle(delivered));
    assertThat(settled).isEqualTo(delivered.size());
  }

  /** The types of what there is for it, in order. */
  private List<String> told(WebhookEndpoint endpoint) {
    return all().reversed().stream()
        .filter(one -> one.endpoint().equals(idOf(endpoint)))
        .map(one -> one.event().type())
        .toList();
  }

  private List<Delivery> all() {
    return read(tx -> tx.deliveries().list(new Query(world.tenantId(), null, sink, null, MANY)));
  }
}
