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
import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagAnswer;
import io.waybill.core.tag.TagEvent;
import io.waybill.core.tag.TagStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a project a new tag. */
public final class CreateTag {

  public static final Remembered<TagAnswer> REMEMBERED =
      new Remembered<>("CREATE_TAG", TagAnswer.class);

  private final Ports<? extends TagStores> ports;
  private final TagJournal journal;

  public CreateTag(Ports<? extends TagStores> ports) {
    this.ports = ports;
    this.journal = new TagJournal(ports.ids());
  }

  /**
   * What to make.
   *
   * @param tagCategoryId null for none
   * @param description null, or empty, for none
   */
  public record Request(
      UUID projectId, @Nullable UUID tagCategoryId, String name, @Nullable String description) {}

  public Verdict<TagAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<TagStores, TagAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.projectId())
                .add(request.tagCategoryId())
                .add(request.name())
                .add(request.description()));
    return TagCategoryRules.check(request.name(), request.description())
        .then(ok ->
            ProjectGate.pass(
                ports, caller.identity(), Permission.TAG_CREATE, request.projectId(), now))
        .then(ok ->
            ports.work().write(tx -> once.within(tx, now, () -> create(tx, caller, request, now))));
  }

  private Verdict<TagAnswer> create(TagStores tx, Caller caller, Request request, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    Tag tag =
        new Tag(
            ports.ids().next(),
            tenantId,
            request.projectId(),
            request.tagCategoryId(),
            request.name(),
            TagCategoryRules.textOrNull(request.description()),
            1,
            now,
            now);
    if (!tx.tags().insert(tag)) {
      return tx.projects().find(tenantId, request.projectId()).isPresent()
          ? TagRules.refused(tx, tag)
          : Gate.missing(ResourceKind.PROJECT);
    }
    tx.events()
        .append(
            journal.wrote(
                TagEvent.CREATED, tag, caller.origin(), Map.of("after", TagJournal.texts(tag))));
    return Verdict.ok(TagAnswer.of(tag));
  }
}
