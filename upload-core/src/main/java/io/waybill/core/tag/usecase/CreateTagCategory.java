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
import io.waybill.core.project.ProjectGate;
import io.waybill.core.tag.TagCategory;
import io.waybill.core.tag.TagCategoryAnswer;
import io.waybill.core.tag.TagEvent;
import io.waybill.core.tag.TagStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a project a new tag category. */
public final class CreateTagCategory {

  public static final Remembered<TagCategoryAnswer> REMEMBERED =
      new Remembered<>("CREATE_TAG_CATEGORY", TagCategoryAnswer.class);

  private final Ports<? extends TagStores> ports;
  private final TagJournal journal;

  public CreateTagCategory(Ports<? extends TagStores> ports) {
    this.ports = ports;
    this.journal = new TagJournal(ports.ids());
  }

  /**
   * What to make.
   *
   * @param description null, or empty, for none
   */
  public record Request(UUID projectId, String name, @Nullable String description) {}

  public Verdict<TagCategoryAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<TagStores, TagCategoryAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.projectId())
                .add(request.name())
                .add(request.description()));
    return TagCategoryRules.check(request.name(), request.description())
        .then(ok ->
            ProjectGate.pass(
                ports, caller.identity(), Permission.TAG_CREATE, request.projectId(), now))
        .then(ok ->
            ports.work().write(tx -> once.within(tx, now, () -> create(tx, caller, request, now))));
  }

  private Verdict<TagCategoryAnswer> create(
      TagStores tx, Caller caller, Request request, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    TagCategory category =
        new TagCategory(
            ports.ids().next(),
            tenantId,
            request.projectId(),
            request.name(),
            TagCategoryRules.textOrNull(request.description()),
            1,
            now,
            now);
    if (!tx.tagCategories().insert(category)) {
      return tx.projects().find(tenantId, request.projectId()).isPresent()
          ? TagCategoryRules.taken(category)
          : Gate.missing(ResourceKind.PROJECT);
    }
    tx.events()
        .append(
            journal.wrote(
                TagEvent.CATEGORY_CREATED,
                category,
                caller.origin(),
                Map.of("after", TagJournal.texts(category))));
    return Verdict.ok(TagCategoryAnswer.of(category));
  }
}
