package io.waybill.core.access.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the words by which requests name who and what, and notes all that is wrong with them. */
public final class GrantWords {

  private static final EntryCode REQUIRED = EntryCode.REQUEST_FIELD_REQUIRED;
  private static final EntryCode UNKNOWN_VALUE = EntryCode.REQUEST_UNKNOWN_VALUE;

  private final UUID tenantId;
  private final List<FieldError> errors = new ArrayList<>();

  /** Words of a caller of this tenant. */
  public GrantWords(UUID tenantId) {
    this.tenantId = tenantId;
  }

  /** Both or none: null for none. */
  @Nullable Subject subject(@Nullable String type, @Nullable UUID id) {
    return type == null && id == null ? null : requiredSubject(type, id);
  }

  /** Null when something is wrong. */
  public @Nullable Subject requiredSubject(@Nullable String type, @Nullable UUID id) {
    SubjectKind kind = word("subject_type", type, Subject.WORDS);
    require("subject_id", id);
    return kind == null || id == null ? null : new Subject(kind, id);
  }

  /** Both or none: null for none. The caller's tenant needs no id. */
  Resource.@Nullable Node resource(@Nullable String type, @Nullable UUID id) {
    return type == null && id == null ? null : requiredResource(type, id);
  }

  /** Null when something is wrong. */
  Resource.@Nullable Node requiredResource(@Nullable String type, @Nullable UUID id) {
    ResourceKind kind = word("resource_type", type, ResourceKind.GRANTABLE);
    UUID meant = id == null && kind == ResourceKind.TENANT ? tenantId : id;
    require("resource_id", meant);
    return kind == null || meant == null ? null : new Resource.Node(kind, meant);
  }

  /** The value that a word stands for; null when it is wrong or missing. */
  public <T> @Nullable T word(String field, @Nullable String word, Map<String, T> words) {
    if (word == null) {
      require(field, null);
      return null;
    }
    T value = words.get(word);
    if (value == null) {
      wrong(field, UNKNOWN_VALUE, "must be one of " + new TreeSet<>(words.keySet()));
    }
    return value;
  }

  void require(String field, @Nullable Object value) {
    if (value == null) {
      wrong(field, REQUIRED, "must be given");
    }
  }

  public void wrong(String field, EntryCode code, String message) {
    errors.add(new FieldError(field, code, message));
  }

  /** The value when nothing was wrong. */
  public <T> Verdict<T> read(Supplier<T> value) {
    return errors.isEmpty() ? Verdict.ok(value.get()) : Verdict.refused(Refusal.invalid(errors));
  }
}
