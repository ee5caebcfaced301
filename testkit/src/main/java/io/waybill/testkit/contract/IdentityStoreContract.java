package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.UserTokens;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  @Test
  void a_person_has_what_they_and_their_groups_are_granted_in_their_tenant() {
    UUID person = Ids.next();
    UUID group = Ids.next();
    UUID elsewhere = Ids.next();
    commit(tx ->
        tx.grants()
            .add(
                List.of(
                    grant(new Subject(SubjectKind.USER, person), "dataset.view"),
                    grant(new Subject(SubjectKind.GROUP, group), "dataset.upload"),
                    grant(new Subject(SubjectKind.GROUP, elsewhere), "dataset.purge"),
                    grant(new Subject(SubjectKind.GROUP, person), "dataset.delete"),
                    grant(new Subject(SubjectKind.USER, group), "dataset.delete"))));

    assertThat(codes(user(world.tenantId(), person, group)))
        .containsExactlyInAnyOrder("dataset.view", "dataset.upload");
    assertThat(codes(user(world.tenantId(), Ids.next()))).isEmpty();
    assertThat(codes(user(world.otherTenantId(), person, group))).isEmpty();
    assertThat(user(Ids.next(), person)).isEmpty();
  }

  private PermissionGrant grant(Subject subject, String code) {
    Grant grant = new Grant(ResourceKind.TENANT, world.tenantId(), code, Grant.Effect.ALLOW, null);
    return new PermissionGrant(
        Ids.next(), world.tenantId(), subject, grant, PermissionGrant.MANUAL, T0);
  }

  private Optional<Identity> user(UUID tenantId, UUID userId, UUID... groups) {
    return read(tx -> tx.identities().user(new UserTokens.User(tenantId, userId, Set.of(groups))));
  }

  private static List<String> codes(Optional<Identity> found) {
    return found.orElseThrow().grants().stream().map(Grant::code).toList();
  }

  private Optional<Identity> byApiKey(String sha256) {
    return read(tx -> tx.identities().byApiKey(sha256, T0));
  }

  private Optional<Identity> byCredential(String sha256) {
    return read(tx -> tx.identities().byDeviceCredential(sha256, T0));
  }
}
