package io.waybill.core.tag.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagEvent;
import io.waybill.core.tag.TagStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes a tag away. */
public final class DeleteTag {

  public static final Remembered<Deleted> REMEMBERED =
      new Remembered<>("DELETE_TAG", Deleted.class);

  private final Ports<? extends TagStores> ports;
  private final TagJournal journal;

  public DeleteTag(Ports<? extends TagStores> ports) {
    this.ports = ports;
    this.journal = new TagJournal(ports.ids());
  }

  /** Which one. */
  public record Request(UUID projectId, UUID tagId) {}

  /** It is gone. */
  public record Deleted(UUID tagId) {}

  /** The key comes before the tag, which the repeated call does not find any more. */
  public Verdict<Deleted> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<TagStores, Deleted> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(request.projectId()).add(request.tagId()));
    Resource tag =
        Resource.project(caller.identity().tenantId(), request.projectId())
            .under(ResourceKind.TAG, request.tagId());
    return ports
        .work()
        .write(tx ->
            once.within(
                tx,
                now,
                before ->
                    Gate.pass(caller.identity(), Permission.TAG_DELETE, tag, now).map(ok -> before),
                () -> delete(tx, caller, request, now)));
  }

  private Verdict<Deleted> delete(TagStores tx, Caller caller, Request request, Instant now) {
    Optional<Tag> found =
        tx.tags().lock(caller.identity().tenantId(), request.projectId(), request.tagId());
    if (found.isEmpty()) {
      return Gate.missing(ResourceKind.TAG);
    }
    Tag known = found.get();
    return Gate.pass(caller.identity(), Permission.TAG_DELETE, known.resource(), now)
        .map(ok -> {
          tx.tags().delete(known);
          Tag last = known.changed(known.tagCategoryId(), known.name(), known.description(), now);
          tx.events()
              .append(
                  journal.wrote(
                      TagEvent.DELETED,
                      last,
                      caller.origin(),
                      Map.of("before", TagJournal.texts(known))));
          return new Deleted(known.tagId());
        });
  }
}
