package io.waybill.core.app;

import io.waybill.core.access.usecase.AccessEvent;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.delivery.DeliveryEvent;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.event.EventType;
import io.waybill.core.member.MemberEvent;
import io.waybill.core.policy.PolicyEvent;
import io.waybill.core.project.ProjectEvent;
import io.waybill.core.quota.QuotaEvent;
import io.waybill.core.recovery.RecoveryEvent;
import io.waybill.core.tag.TagEvent;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.webhook.WebhookEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole vocabulary of events. */
public final class EventTypes {

  public static final List<EventType> ALL =
      Stream.<EventType[]>of(
              UploadEvent.values(),
              DatasetEvent.values(),
              DeviceEvent.values(),
              QuotaEvent.values(),
              PolicyEvent.values(),
              ProjectEvent.values(),
              TagEvent.values(),
              AccessEvent.values(),
              MemberEvent.values(),
              DeliveryEvent.values(),
              WebhookEvent.values(),
              RecoveryEvent.values())
          .flatMap(Stream::of)
          .toList();

  /** What stands in the timeline alone, or in the audit trail alone, and is told to nobody. */
  private static final Set<String> UNTOLD =
      Set.of(
          UploadEvent.PRESIGN_ISSUED.code(),
          UploadEvent.PART_ACKNOWLEDGED.code(),
          UploadEvent.PARTS_RECONCILED.code(),
          DatasetEvent.UPDATED.code(),
          DatasetEvent.VALIDATION_RETRIED.code(),
          DatasetEvent.DOWNLOAD_URL_ISSUED.code(),
          QuotaEvent.BOUNDED.code());

  /** The codes of what the outbox holds: what the rest of the world can be told. */
  public static final Set<String> TOLD =
      Stream.<EventType[]>of(
              UploadEvent.values(),
              DatasetEvent.values(),
              DeviceEvent.values(),
              QuotaEvent.values(),
              TagEvent.values())
          .flatMap(Stream::of)
          .map(EventType::code)
          .filter(code -> !UNTOLD.contains(code))
          .collect(Collectors.toUnmodifiableSet());

  private EventTypes() {}
}
