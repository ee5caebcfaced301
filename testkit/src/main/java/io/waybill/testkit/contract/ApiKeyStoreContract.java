package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.ApiKey;
import io.waybill.core.access.ApiKeyStore.Query;
import io.waybill.core.access.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.access.ApiKeyStore}. */
public abstract class ApiKeyStoreContract extends PortContract {

  @Test
  void who_has_a_new_key_is_found_by_it_and_may_do_nothing_yet() {
    String sha256 = Ids.sha256();
    ApiKey key = added(key("wb_0123456", null), sha256);

    assertThat(owner(sha256, T0))
        .hasValueSatisfying(identity -> {
          assertThat(identity.id()).isEqualTo(key.apiKeyId());
          assertThat(identity.tenantId()).isEqualTo(world.otherTenantId());
          assertThat(identity.label()).isEqualTo("wb_0123456");
          assertThat(identity.standing()).isEqualTo(Identity.Standing.ACTIVE);
          assertThat(identity.grants()).isEmpty();
        });
  }

  @Test
  void a_key_ends_at_the_moment_that_it_names() {
    String sha256 = Ids.sha256();
    added(key("wb_0123456", at(60)), sha256);

    assertThat(owner(sha256, at(60).minusNanos(1000)).orElseThrow().standing())
        .isEqualTo(Identity.Standing.ACTIVE);
    assertThat(owner(sha256, at(60)).orElseThrow().standing()).isEqualTo(Identity.Standing.EXPIRED);
  }

  @Test
  void a_key_is_read_back_whole_in_its_own_tenant_only() {
    ApiKey bare = added(key("wb_0123456", null), Ids.sha256());
    ApiKey full = added(key("wb_0123456", at(60)), Ids.sha256());

    assertThat(locked(world.otherTenantId(), bare)).contains(bare);
    assertThat(locked(world.otherTenantId(), full)).contains(full);
    assertThat(locked(world.tenantId(), full)).isEmpty();
  }

  @Test
  void nobody_is_found_by_a_revoked_key_which_stays_in_the_list() {
    String sha256 = Ids.sha256();
    ApiKey key = added(key("wb_0123456", null), sha256);
    String otherSha256 = Ids.sha256();
    ApiKey other = added(key("wb_0123456", null), otherSha256);

    ApiKey revoked = key.revoked(at(1));
    commit(tx -> {
      tx.apiKeys().revoke(revoked);
      return revoked;
    });

    assertThat(owner(sha256, at(1))).isEmpty();
    assertThat(owner(otherSha256, at(1))).isPresent();
    assertThat(locked(world.otherTenantId(), key)).contains(revoked);
    assertThat(list(null, null, 2)).containsExactly(other, revoked);
  }

  @Test
  void a_list_is_a_tenants_newest_first_and_can_be_asked_for_a_beginning() {
    ApiKey first = added(key("wb_abcdefg", null), Ids.sha256());
    ApiKey second = added(key("wb_abXdefg", null), Ids.sha256());
    ApiKey third = added(key("wb_abc_efg", null), Ids.sha256());

    assertThat(list(null, null, 3)).containsExactly(third, second, first);
    assertThat(list(null, null, 2)).containsExactly(third, second);
    assertThat(list(null, second.apiKeyId(), 1)).containsExactly(first);
    assertThat(list("wb_abc", null, 3)).containsExactly(third, first);
    assertThat(list("wb_abc_", null, 3)).containsExactly(third);
    assertThat(list("wb_%", null, 3)).isEmpty();
    Query elsewhere = new Query(world.tenantId(), null, null, 9);
    List<ApiKey> theirs = read(tx -> tx.apiKeys().list(elsewhere));
    assertThat(theirs).doesNotContain(first, second, third);
  }

  private ApiKey key(String prefix, @Nullable Instant expiresAt) {
    return new ApiKey(Ids.next(), world.otherTenantId(), "of line 3", prefix, T0, expiresAt, null);
  }

  private ApiKey added(ApiKey key, String sha256) {
    return commit(tx -> {
      tx.apiKeys().insert(key, sha256);
      return key;
    });
  }

  private Optional<Identity> owner(String sha256, Instant now) {
    return read(tx -> tx.identities().byApiKey(sha256, now));
  }

  private Optional<ApiKey> locked(UUID tenant, ApiKey key) {
    return commit(tx -> tx.apiKeys().lock(tenant, key.apiKeyId()));
  }

  private List<ApiKey> list(@Nullable String prefix, @Nullable UUID before, int limit) {
    Query query = new Query(world.otherTenantId(), prefix, before, limit);
    return read(tx -> tx.apiKeys().list(query));
  }
}
