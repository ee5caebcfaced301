package io.waybill.core.upload.usecase;

import io.waybill.core.project.MetadataSchemas;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.ReceiptSigner;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;

/** What callers and workers can do with uploads. */
public record UploadUseCases(
    CreateUploadTask createUploadTask,
    GetUploadTask getUploadTask,
    ListUploadTasks listUploadTasks,
    RetryObject retryObject,
    MoveTask moveTask,
    GetSession getSession,
    GetDataset getDataset,
    GetReceipt getReceipt,
    ListReceiptKeys listReceiptKeys,
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
    Welcome welcome,
    Redrive redrive,
    CountSessions countSessions,
    TurnMonths turnMonths) {

  /**
   * All of them over one set of ports.
   *
   * @param installation what {@code describe} tells of where we run
   * @param receipts seals what is completed
   */
  public static UploadUseCases over(
      Ports<? extends UploadStores> ports,
      Limits limits,
      Describe.Installation installation,
      MetadataSchemas schemas,
      ReceiptSigner receipts) {
    PresignRates rates = new PresignRates(ports, limits.rates());
    return new UploadUseCases(
        new CreateUploadTask(ports, limits, schemas, rates),
        new GetUploadTask(ports, limits),
        new ListUploadTasks(ports),
        new RetryObject(ports, limits),
        new MoveTask(ports, limits),
        new GetSession(ports, limits),
        new GetDataset(ports, limits),
        new GetReceipt(ports, receipts),
        new ListReceiptKeys(receipts),
        new PresignParts(ports, limits, rates),
        new AcknowledgeParts(ports, limits),
        new ListParts(ports),
        new PauseUpload(ports),
        new ResumeUpload(ports),
        new CompleteUpload(ports, receipts),
        new AbortUpload(ports),
        new ExtendUpload(ports, limits),
        new ListEvents(ports),
        new Describe(ports, limits, installation),
        new Welcome(ports, installation),
        new Redrive(ports),
        new CountSessions(ports),
        new TurnMonths(ports));
  }
}
