package io.waybill.core.app;

import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.dataset.usecase.IssueDownloadUrl;
import io.waybill.core.dataset.usecase.ReadDatasets;
import io.waybill.core.device.usecase.NoteRefusedDevice;
import io.waybill.core.idempotency.usecase.RememberedRequests;
import io.waybill.core.project.usecase.ReadProjects;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.AcknowledgeParts;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.CountSessions;
import io.waybill.core.upload.usecase.CreateUploadTask;
import io.waybill.core.upload.usecase.Describe;
import io.waybill.core.upload.usecase.ExtendUpload;
import io.waybill.core.upload.usecase.GetSession;
import io.waybill.core.upload.usecase.GetUploadTask;
import io.waybill.core.upload.usecase.ListEvents;
import io.waybill.core.upload.usecase.ListParts;
import io.waybill.core.upload.usecase.ListUploadTasks;
import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.upload.usecase.Redrive;
import io.waybill.core.upload.usecase.ResumeUpload;
import io.waybill.core.upload.usecase.RetryObject;
import io.waybill.core.work.Ports;
import java.time.Duration;

/** Every use case, wired over one set of ports. */
public record UseCases(
    Authenticate authenticate,
    NoteRefusedDevice noteRefusedDevice,
    CreateUploadTask createUploadTask,
    GetUploadTask getUploadTask,
    ListUploadTasks listUploadTasks,
    RetryObject retryObject,
    GetSession getSession,
    PresignParts presignParts,
    AcknowledgeParts acknowledgeParts,
    ListParts listParts,
    PauseUpload pauseUpload,
    ResumeUpload resumeUpload,
    CompleteUpload completeUpload,
    AbortUpload abortUpload,
    ExtendUpload extendUpload,
    ListEvents listEvents,
    Describe describe,
    ReadProjects readProjects,
    ReadDatasets readDatasets,
    IssueDownloadUrl issueDownloadUrl,
    Redrive redrive,
    CountSessions countSessions,
    RememberedRequests rememberedRequests) {

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
    Limits limits = settings.limits();
    return new UseCases(
        new Authenticate(ports, settings.identityCache()),
        new NoteRefusedDevice(ports),
        new CreateUploadTask(ports, limits),
        new GetUploadTask(ports),
        new ListUploadTasks(ports),
        new RetryObject(ports, limits),
        new GetSession(ports),
        new PresignParts(ports, limits),
        new AcknowledgeParts(ports, limits),
        new ListParts(ports),
        new PauseUpload(ports),
        new ResumeUpload(ports),
        new CompleteUpload(ports),
        new AbortUpload(ports),
        new ExtendUpload(ports, limits),
        new ListEvents(ports),
        new Describe(ports, limits, settings.endpointRef()),
        new ReadProjects(ports),
        new ReadDatasets(ports),
        new IssueDownloadUrl(ports, limits.urlLife()),
        new Redrive(ports),
        new CountSessions(ports),
        new RememberedRequests(ports));
  }
}
