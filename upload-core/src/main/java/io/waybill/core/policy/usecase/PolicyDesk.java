package io.waybill.core.policy.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Origin;
import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.policy.PolicyStores;
import io.waybill.core.storage.StorageCapabilities;
import io.waybill.core.storage.StorageDirectory;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What making and changing a policy have in common: the rules, and who is the default. */
final class PolicyDesk {
  private final PolicyRules rules;
  private final PlaceRules places;
  private final PolicyJournal journal;

  PolicyDesk(IdSource ids, StorageDirectory directory, PolicyRules rules) {
    this.rules = rules;
    this.places = new PlaceRules(directory);
    this.journal = new PolicyJournal(ids);
  }

  PolicyJournal journal() {
    return journal;
  }

  /**
   * As it will be written. One that is disabled may go on naming what is not configured any more,
   * and may name nothing new.
   *
   * @param before what is written so far; null of a new one
   */
  Verdict<PolicyProfile> check(
      PolicyStores tx, PolicyProfile said, @Nullable PolicyProfile before) {
    PolicyProfile profile = places.settled(said);
    List<FieldError> errors = new ArrayList<>(rules.check(profile));
    if (profile.status() == PolicyStatus.ACTIVE || !asksTheSame(profile, before)) {
      errors.addAll(places.check(profile));
      errors.addAll(CapabilityRules.check(profile, known(tx, profile)));
    }
    return errors.isEmpty() ? Verdict.ok(profile) : Verdict.refused(Refusal.invalid(errors));
  }

  private boolean asksTheSame(PolicyProfile profile, @Nullable PolicyProfile before) {
    return before != null
        && profile.place().equals(places.settled(before).place())
        && profile.protection().equals(before.protection());
  }

  private static Optional<StorageCapabilities> known(PolicyStores tx, PolicyProfile profile) {
    return CapabilityRules.asks(profile)
        ? tx.capabilities().find(profile.place().endpointRef(), profile.place().bucket())
        : Optional.empty();
  }

  /** The tenant has one default: who becomes it takes the other's place. */
  void makeRoom(PolicyStores tx, Policy wanted, Origin origin, Instant now) {
    if (!wanted.profile().isDefault()) {
      return;
    }
    tx.storagePolicies()
        .lockDefault(wanted.tenantId())
        .filter(other -> !other.storagePolicyId().equals(wanted.storagePolicyId()))
        .ifPresent(other -> {
          Policy after = other.withoutDefault(now);
          tx.storagePolicies().update(after);
          tx.events().append(journal.changed(other, after, origin));
        });
  }

  static <T> Verdict<T> taken(Policy policy) {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.STORAGE_POLICY_NAME_TAKEN,
                "the tenant has another storage policy of this name")
            .with("name", policy.profile().name()));
  }
}
