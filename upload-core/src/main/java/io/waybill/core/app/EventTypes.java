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
import io.waybill.core.tag.TagEvent;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
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
              DeliveryEvent.values())
          .flatMap(Stream::of)
          .toList();

  private EventTypes() {}
}
