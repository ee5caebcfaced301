package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.access.ProjectScope;
import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyProfile.Lives;
import io.waybill.core.policy.PolicyProfile.Place;
import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.storage.StorageCapabilities;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.policy.StoragePolicyStore} and what stores were found to do. */
public abstract class StoragePolicyStoreContract extends PortContract {

  private static final Protection GUARDED =
      new Protection(
          ChecksumMode.STORAGE_NATIVE_SHA256,
          EncryptionMode.SSE_KMS,
          "line-3",
          ObjectLockMode.GOVERNANCE,
          30,
          true);

  @Test
  void what_was_added_is_found_whole_in_its_own_tenant_only() {
    Policy plain = added(world.tenantId(), "plain", Protection.USUAL);
    Policy guarded = added(world.tenantId(), "guarded", GUARDED);

    assertThat(found(world.tenantId(), plain)).contains(plain);
    assertThat(found(world.tenantId(), guarded)).contains(guarded);
    assertThat(found(world.otherTenantId(), guarded)).isEmpty();
    assertThat(locked(world.tenantId(), guarded)).contains(guarded);
    assertThat(locked(world.otherTenantId(), guarded)).isEmpty();
  }

  @Test
  void a_name_is_given_once_in_a_tenant() {
    Policy first = added(world.tenantId(), "plain", Protection.USUAL);
    Policy second = added(world.tenantId(), "other", Protection.USUAL);

    assertThat(insert(policy(world.tenantId(), "plain", GUARDED))).isFalse();
    assertThat(update(second.changed(profile("plain", GUARDED), at(1)))).isFalse();

    assertThat(insert(policy(world.otherTenantId(), "plain", GUARDED))).isTrue();
    assertThat(found(world.tenantId(), first)).contains(first);
    assertThat(found(world.tenantId(), second)).contains(second);
  }

  @Test
  void a_change_is_read_back() {
    Policy plain = added(world.tenantId(), "plain", Protection.USUAL);
    Policy after = plain.changed(profile("guarded", GUARDED), at(1));

    assertThat(update(after)).isTrue();

    assertThat(found(world.tenantId(), plain)).contains(after);
  }

  @Test
  void the_default_is_found_and_can_be_another_one() {
    Policy before = theDefault().orElseThrow();
    assertThat(before.storagePolicyId()).isEqualTo(world.policy().storagePolicyId());

    assertThat(update(before.withoutDefault(at(1)))).isTrue();

    assertThat(theDefault()).isEmpty();
    Optional<Policy> others =
        work().read(tx -> tx.storagePolicies().lockDefault(world.otherTenantId()));
    assertThat(others.map(Policy::storagePolicyId))
        .contains(world.foreignPolicy().storagePolicyId());
  }

  @Test
  void a_list_holds_what_its_scope_holds_newest_first() {
    Policy first = added(world.tenantId(), "first", Protection.USUAL);
    Policy second = added(world.tenantId(), "second", GUARDED);
    UUID tenantsOwn = world.policy().storagePolicyId();

    assertThat(list(new ProjectScope(true, Set.of(), Set.of()), null, 2))
        .containsExactly(second, first);
    assertThat(list(new ProjectScope(true, Set.of(), Set.of(second.storagePolicyId())), null, 1))
        .containsExactly(first);
    assertThat(list(new ProjectScope(false, Set.of(first.storagePolicyId()), Set.of()), null, 9))
        .containsExactly(first);
    assertThat(list(new ProjectScope(true, Set.of(), Set.of()), first.storagePolicyId(), 9))
        .extracting(Policy::storagePolicyId)
        .containsExactlyInAnyOrder(tenantsOwn, world.strictPolicy().storagePolicyId());
    assertThat(list(new ProjectScope(false, Set.of(), Set.of()), null, 9)).isEmpty();
  }

  @Test
  void a_disabled_policy_takes_no_uploads() {
    Policy plain = added(world.tenantId(), "plain", Protection.USUAL);
    assertThat(isUsable(plain)).isTrue();

    PolicyProfile said = plain.profile();
    PolicyProfile disabled =
        new PolicyProfile(
            said.name(),
            PolicyStatus.DISABLED,
            false,
            said.place(),
            said.defaultPartSizeBytes(),
            said.lives(),
            said.protection(),
            said.contentTypes(),
            said.validationRequired(),
            said.instantUploadAllowed());
    update(plain.changed(disabled, at(1)));

    assertThat(isUsable(plain)).isFalse();
  }

  @Test
  void what_a_store_was_found_to_do_last_is_kept_by_endpoint_and_bucket() {
    String bucket = "bucket-" + Ids.next();
    StorageCapabilities none = new StorageCapabilities("default", bucket, Set.of(), T0);
    StorageCapabilities some =
        new StorageCapabilities(
            "default", bucket, Set.of(Capability.OBJECT_LOCK, Capability.SSE_S3), at(1));

    assertThat(capabilities(bucket)).isEmpty();
    save(none);
    assertThat(capabilities(bucket)).contains(none);
    save(some);
    assertThat(capabilities(bucket)).contains(some);
    assertThat(
            work()
                .<Optional<StorageCapabilities>>read(
                    tx -> tx.capabilities().find("archive", bucket)))
        .isEmpty();
  }

  private Optional<StorageCapabilities> capabilities(String bucket) {
    return work().read(tx -> tx.capabilities().find("default", bucket));
  }

  private void save(StorageCapabilities found) {
    work()
        .write(tx -> {
          tx.capabilities().save(found);
          return Verdict.ok(true);
        });
  }

  private static PolicyProfile profile(String name, Protection protection) {
    return new PolicyProfile(
        name,
        PolicyStatus.ACTIVE,
        false,
        new Place("default", "robot-data", "us-east-1"),
        8L << 20,
        new Lives(600, 3600L, null, 90),
        protection,
        List.of("video/mp4", "application/octet-stream"),
        true,
        true);
  }

  private static Policy policy(UUID tenant, String name, Protection protection) {
    return new Policy(Ids.next(), tenant, profile(name, protection), 1, T0, T0);
  }

  private Policy added(UUID tenant, String name, Protection protection) {
    Policy policy = policy(tenant, name, protection);
    assertThat(insert(policy)).isTrue();
    return policy;
  }

  private boolean insert(Policy policy) {
    return ok(work().write(tx -> Verdict.ok(tx.storagePolicies().insert(policy))));
  }

  private boolean update(Policy policy) {
    return ok(work().write(tx -> Verdict.ok(tx.storagePolicies().update(policy))));
  }

  private static boolean ok(Verdict<Boolean> verdict) {
    return verdict instanceof Verdict.Ok<Boolean>(Boolean done) && done;
  }

  private Optional<Policy> found(UUID tenant, Policy policy) {
    return work().read(tx -> tx.storagePolicies().find(tenant, policy.storagePolicyId()));
  }

  private Optional<Policy> locked(UUID tenant, Policy policy) {
    return work().read(tx -> tx.storagePolicies().lock(tenant, policy.storagePolicyId()));
  }

  private Optional<Policy> theDefault() {
    return work().read(tx -> tx.storagePolicies().lockDefault(world.tenantId()));
  }

  private boolean isUsable(Policy policy) {
    return work().read(tx -> tx.policies().isUsable(world.tenantId(), policy.storagePolicyId()));
  }

  private List<Policy> list(ProjectScope scope, @Nullable UUID before, int limit) {
    return work().read(tx -> tx.storagePolicies().list(world.tenantId(), scope, before, limit));
  }
}
