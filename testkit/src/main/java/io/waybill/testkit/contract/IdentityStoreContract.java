package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Identity;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.access.IdentityStore}. */
public abstract class IdentityStoreContract extends PortContract {

  @Test
  void an_api_key_is_found_by_its_hash_with_its_grants() {
    assertThat(byApiKey(world.apiKeySha256())).contains(world.apiKey());
  }

  @Test
  void a_device_is_found_by_its_credential_with_its_projects() {
    assertThat(byCredential(world.credentialSha256())).contains(world.robot());
    assertThat(byCredential(world.otherCredentialSha256())).contains(world.otherRobot());
  }

  @Test
  void a_hash_finds_only_its_own_kind() {
    assertThat(byApiKey(world.credentialSha256())).isEmpty();
    assertThat(byCredential(world.apiKeySha256())).isEmpty();
    assertThat(byApiKey(Ids.sha256())).isEmpty();
  }

  @Test
  void a_device_is_found_by_its_id_in_its_own_tenant() {
    UUID robot = world.robot().id();

    Optional<Identity> mine = read(tx -> tx.identities().device(world.tenantId(), robot));
    Optional<Identity> theirs = read(tx -> tx.identities().device(world.otherTenantId(), robot));

    assertThat(mine).contains(world.robot());
    assertThat(theirs).isEmpty();
  }

  private Optional<Identity> byApiKey(String sha256) {
    return read(tx -> tx.identities().byApiKey(sha256, T0));
  }

  private Optional<Identity> byCredential(String sha256) {
    return read(tx -> tx.identities().byDeviceCredential(sha256, T0));
  }
}
