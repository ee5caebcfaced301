package io.waybill.gateway;

import static io.waybill.doors.CoreRequests.request;
import static io.waybill.gateway.AckPoint.INTENT_FIRST;
import static io.waybill.gateway.AckPoint.ONE_TRANSACTION;
import static io.waybill.gateway.AckPoint.READS_STORAGE;

import io.waybill.core.Verdict;
import io.waybill.core.app.UseCases;
import io.waybill.core.device.usecase.RotateOwnCredential;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.CreateUploadTask;
import io.waybill.core.upload.usecase.ExtendUpload;
import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.ResumeUpload;
import io.waybill.core.upload.usecase.RetryObject;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.wire.Command;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of a command: one row for each, and nothing about commands anywhere else.
 * A second line of logic in a row is a missing use case.
 *
 * @param ackPoint when its request is acknowledged
 * @param remembered how its answer is remembered under the request's key; null when it is not
 * @param largest the largest answer that it can have when it has had an effect, known before
 * @param work its use case
 * @param <A> its answer
 */
record CommandRow<A>(
    AckPoint ackPoint, @Nullable Remembered<A> remembered, Optional<A> largest, Work<A> work) {

  /** The one call of a use case. */
  @FunctionalInterface
  interface Work<A> {
    Verdict<A> carryOut(UseCases cases, Desk.Call call);
  }

  /** The one call of a use case that is about uploads. */
  @FunctionalInterface
  interface UploadWork<A> {
    Verdict<A> carryOut(UploadUseCases cases, Desk.Call call);
  }

  static CommandRow<?> of(Command command) {
    return switch (command) {
      case Command.CreateSession c ->
          row(
              INTENT_FIRST,
              CreateUploadTask.REMEMBERED,
              judgesForItself(),
              (cases, call) ->
                  cases
                      .createUploadTask()
                      .handle(call.caller(), call.key(), request(c), call.limit()));
      case Command.PresignParts c ->
          row(
              ONE_TRANSACTION,
              notRemembered(),
              judgesForItself(),
              (cases, call) ->
                  cases.presignParts().handle(call.caller(), request(c, call.limit())));
      case Command.AcknowledgePart c ->
          row(
              ONE_TRANSACTION,
              notRemembered(),
              atMost(Largest.ACKNOWLEDGED),
              (cases, call) -> cases.acknowledgeParts().handle(call.caller(), request(c)));
      case Command.GetStatus c ->
          row(
              ONE_TRANSACTION,
              notRemembered(),
              noEffect(),
              (cases, call) -> cases.getSession().handle(call.caller(), c.sessionId(), false));
      case Command.ListParts c ->
          row(
              c.source() == Command.PartSource.DB ? ONE_TRANSACTION : READS_STORAGE,
              notRemembered(),
              noEffect(),
              (cases, call) -> cases.listParts().handle(call.caller(), request(c)));
      case Command.PauseUpload c ->
          row(
              ONE_TRANSACTION,
              PauseUpload.REMEMBERED,
              atMost(Largest.paused(c.reason())),
              (cases, call) -> cases.pauseUpload().handle(call.caller(), call.key(), request(c)));
      case Command.ResumeUpload c ->
          row(
              ONE_TRANSACTION,
              ResumeUpload.REMEMBERED,
              atMost(Largest.RESUMED),
              (cases, call) -> cases.resumeUpload().handle(call.caller(), call.key(), request(c)));
      case Command.CompleteUpload c ->
          row(
              INTENT_FIRST,
              CompleteUpload.REMEMBERED,
              atMost(Largest.COMPLETED),
              (cases, call) ->
                  cases.completeUpload().handle(call.caller(), call.key(), request(c)));
      case Command.AbortUpload c ->
          row(
              INTENT_FIRST,
              AbortUpload.REMEMBERED,
              atMost(Largest.ABORTED),
              (cases, call) -> cases.abortUpload().handle(call.caller(), call.key(), request(c)));
      case Command.ExtendUpload c ->
          row(
              ONE_TRANSACTION,
              ExtendUpload.REMEMBERED,
              atMost(Largest.EXTENDED),
              (cases, call) -> cases.extendUpload().handle(call.caller(), call.key(), request(c)));
      case Command.RetryObject c ->
          row(
              INTENT_FIRST,
              RetryObject.REMEMBERED,
              atMost(Largest.TASK_OBJECT),
              (cases, call) -> cases.retryObject().handle(call.caller(), call.key(), request(c)));
      case Command.RotateCredential c ->
          new CommandRow<>(
              ONE_TRANSACTION,
              RotateOwnCredential.REMEMBERED,
              atMost(Largest.CREDENTIAL),
              (cases, call) ->
                  cases.devices().rotateOwnCredential().handle(call.caller(), call.key()));
      case Command.Describe c ->
          row(
              ONE_TRANSACTION,
              notRemembered(),
              noEffect(),
              (cases, call) -> cases.describe().handle(call.caller()));
      case Command.Malformed c ->
          row(
              ONE_TRANSACTION,
              notRemembered(),
              noEffect(),
              (cases, call) -> {
                throw new IllegalArgumentException("nobody can do " + c.code());
              });
    };
  }

  private static <A> CommandRow<A> row(
      AckPoint ackPoint,
      @Nullable Remembered<A> remembered,
      Optional<A> largest,
      UploadWork<A> work) {
    return new CommandRow<>(
        ackPoint, remembered, largest, (cases, call) -> work.carryOut(cases.uploads(), call));
  }

  private static <A> @Nullable Remembered<A> notRemembered() {
    return null;
  }

  private static <A> Optional<A> atMost(A answer) {
    return Optional.of(answer);
  }

  /** It can answer less: its use case is told the limit. */
  private static <A> Optional<A> judgesForItself() {
    return Optional.empty();
  }

  /** When its answer does not fit, nothing has happened. */
  private static <A> Optional<A> noEffect() {
    return Optional.empty();
  }

  boolean isRemembered() {
    return remembered != null;
  }
}
