package io.waybill.core.tag.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagAnswer;
import io.waybill.core.tag.TagEvent;
import io.waybill.core.tag.TagStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what a tag is called, or what is said of it. */
public final class ChangeTag {

  public static final Remembered<TagAnswer> REMEMBERED =
      new Remembered<>("CHANGE_TAG", TagAnswer.class);

  private final Ports<? extends TagStores> ports;
  private final TagJournal journal;

  public ChangeTag(Ports<? extends TagStores> ports) {
    this.ports = ports;
    this.journal = new TagJournal(ports.ids());
  }

  /**
   * What to change; null leaves it as it is.
   *
   * @param description empty takes it away
   * @param version that the caller has read; null for whichever it is
   */
  public record Request(
      UUID projectId,
      UUID tagId,
      @Nullable UUID tagCategoryId,
      @Nullable String name,
      @Nullable String description,
      @Nullable Long version) {}

  public Verdict<TagAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<TagStores, TagAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.tagId())
                .add(request.tagCategoryId())
                .add(request.name())
                .add(request.description())
                .add(request.version()));
    return TagCategoryRules.check(request.name(), request.description())
        .then(ok ->
            ports
                .work()
                .write(tx ->
                    pass(tx, caller, request, now)
                        .then(known ->
                            once.within(tx, now, () -> change(tx, caller, request, known, now)))));
  }

  private static Verdict<Tag> pass(TagStores tx, Caller caller, Request request, Instant now) {
    Optional<Tag> found =
        tx.tags().lock(caller.identity().tenantId(), request.projectId(), request.tagId());
    return found.isEmpty()
        ? Gate.missing(ResourceKind.TAG)
        : Gate.pass(caller.identity(), Permission.TAG_UPDATE, found.get().resource(), now)
            .map(ok -> found.get());
  }

  private Verdict<TagAnswer> change(
      TagStores tx, Caller caller, Request request, Tag known, Instant now) {
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.TAG, known.tagId(), known.version());
    }
    String name = request.name() == null ? known.name() : request.name();
    String description =
        request.description() == null
            ? known.description()
            : TagCategoryRules.textOrNull(request.description());
    UUID category =
        request.tagCategoryId() == null ? known.tagCategoryId() : request.tagCategoryId();
    if (name.equals(known.name())
        && Objects.equals(description, known.description())
        && Objects.equals(category, known.tagCategoryId())) {
      return Verdict.ok(TagAnswer.of(known));
    }
    Tag after = known.changed(category, name, description, now);
    if (!tx.tags().update(after)) {
      return TagRules.refused(tx, after);
    }
    Map<String, Object> details =
        Map.of("before", TagJournal.texts(known), "after", TagJournal.texts(after));
    tx.events().append(journal.wrote(TagEvent.UPDATED, after, caller.origin(), details));
    return Verdict.ok(TagAnswer.of(after));
  }
}
