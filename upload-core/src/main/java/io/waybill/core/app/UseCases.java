package io.waybill.core.app;

import io.waybill.core.access.usecase.AccessUseCases;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.dataset.usecase.DatasetUseCases;
import io.waybill.core.device.usecase.DeviceUseCases;
import io.waybill.core.idempotency.usecase.IdempotencyUseCases;
import io.waybill.core.project.usecase.ProjectUseCases;
import io.waybill.core.tag.usecase.TagUseCases;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.core.work.Ports;
import java.time.Duration;

/** Every use case, wired over one set of ports: a record for each capability. */
public record UseCases(
    AccessUseCases access,
    IdempotencyUseCases idempotency,
    ProjectUseCases projects,
    TagUseCases tags,
    DeviceUseCases devices,
    DatasetUseCases datasets,
    UploadUseCases uploads) {

  /**
   * How the use cases shall behave.
   *
   * @param identityCache how long identities are cached, at most five seconds
   * @param endpointRef the storage endpoint that {@code describe} tells
   */
  public record Settings(Limits limits, Duration identityCache, String endpointRef) {

    public static final Settings DEFAULT =
        new Settings(Limits.standard(), Authenticate.LONGEST_CACHE, "default");
  }

  public static UseCases over(Ports<Stores> ports, Settings settings) {
    return new UseCases(
        AccessUseCases.over(ports, settings.identityCache()),
        IdempotencyUseCases.over(ports),
        ProjectUseCases.over(ports),
        TagUseCases.over(ports),
        DeviceUseCases.over(ports),
        DatasetUseCases.over(ports, settings.limits().urlLife()),
        UploadUseCases.over(ports, settings.limits(), settings.endpointRef()));
  }
}
