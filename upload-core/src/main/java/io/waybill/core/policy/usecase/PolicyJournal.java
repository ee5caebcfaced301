package io.waybill.core.policy.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyAnswer;
import io.waybill.core.policy.PolicyEvent;
import io.waybill.core.work.IdSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the rows that a change of a storage policy leaves behind: in the audit trail only. */
final class PolicyJournal {
  private final Journal journal;

  PolicyJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  Facts created(Policy policy, Origin origin) {
    return wrote(PolicyEvent.CREATED, policy, origin, Map.of("after", said(policy)));
  }

  /** What it was, and what it is now. */
  Facts changed(Policy before, Policy after, Origin origin) {
    return wrote(
        PolicyEvent.UPDATED, after, origin, Map.of("before", said(before), "after", said(after)));
  }

  private Facts wrote(PolicyEvent what, Policy after, Origin origin, Map<String, Object> details) {
    return Facts.of(journal.audit(what, after.resource(), origin, after.updatedAt(), details));
  }

  private static Map<String, Object> said(Policy policy) {
    PolicyAnswer said = PolicyAnswer.of(policy);
    Map<String, Object> words = new TreeMap<>();
    words.put("name", said.name());
    words.put("status", said.status().name());
    words.put("is_default", said.isDefault());
    words.put("endpoint_ref", said.endpointRef());
    words.put("bucket", said.bucket());
    put(words, "region", said.region());
    words.put("default_part_size_bytes", said.defaultPartSizeBytes());
    words.put("url_life_seconds", said.urlLifeSeconds());
    put(words, "session_life_seconds", said.sessionLifeSeconds());
    put(words, "max_session_life_seconds", said.maxSessionLifeSeconds());
    put(words, "retention_days", said.retentionDays());
    guards(words, said);
    words.put("content_types", said.contentTypes());
    words.put("validation_required", said.validationRequired());
    words.put("instant_upload_allowed", said.instantUploadAllowed());
    return words;
  }

  private static void guards(Map<String, Object> words, PolicyAnswer said) {
    words.put("checksum_mode", said.checksumMode().name());
    words.put("encryption_mode", said.encryptionMode().name());
    put(words, "kms_key_ref", said.kmsKeyRef());
    words.put("object_lock_mode", said.objectLockMode().name());
    put(words, "object_lock_days", said.objectLockDays());
    words.put("legal_hold_default", said.legalHoldDefault());
  }

  private static void put(Map<String, Object> words, String name, @Nullable Object value) {
    if (value != null) {
      words.put(name, value);
    }
  }
}
