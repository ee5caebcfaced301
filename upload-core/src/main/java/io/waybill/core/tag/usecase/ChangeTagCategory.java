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
import io.waybill.core.tag.TagCategory;
import io.waybill.core.tag.TagCategoryAnswer;
import io.waybill.core.tag.TagEvent;
import io.waybill.core.tag.TagStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what a tag category is called, or what is said of it. */
public final class ChangeTagCategory {

  public static final Remembered<TagCategoryAnswer> REMEMBERED =
      new Remembered<>("CHANGE_TAG_CATEGORY", TagCategoryAnswer.class);

  private final Ports<? extends TagStores> ports;
  private final TagJournal journal;

  public ChangeTagCategory(Ports<? extends TagStores> ports) {
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
      UUID tagCategoryId,
      @Nullable String name,
      @Nullable String description,
      @Nullable Long version) {}

  public Verdict<TagCategoryAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<TagStores, TagCategoryAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
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

  private static Verdict<TagCategory> pass(
      TagStores tx, Caller caller, Request request, Instant now) {
    Optional<TagCategory> found =
        tx.tagCategories()
            .lock(caller.identity().tenantId(), request.projectId(), request.tagCategoryId());
    return found.isEmpty()
        ? Gate.missing(ResourceKind.TAG_CATEGORY)
        : Gate.pass(caller.identity(), Permission.TAG_UPDATE, found.get().resource(), now)
            .map(ok -> found.get());
  }

  private Verdict<TagCategoryAnswer> change(
      TagStores tx, Caller caller, Request request, TagCategory known, Instant now) {
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.TAG_CATEGORY, known.tagCategoryId(), known.version());
    }
    String name = request.name() == null ? known.name() : request.name();
    String description =
        request.description() == null
            ? known.description()
            : TagCategoryRules.textOrNull(request.description());
    if (name.equals(known.name()) && Objects.equals(description, known.description())) {
      return Verdict.ok(TagCategoryAnswer.of(known));
    }
    TagCategory after = known.changed(name, description, now);
    if (!tx.tagCategories().update(after)) {
      return TagCategoryRules.taken(after);
    }
    Map<String, Object> details =
        Map.of("before", TagJournal.texts(known), "after", TagJournal.texts(after));
    tx.events().append(journal.wrote(TagEvent.CATEGORY_UPDATED, after, caller.origin(), details));
    return Verdict.ok(TagCategoryAnswer.of(after));
  }
}
