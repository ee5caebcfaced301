package io.waybill.core.upload.usecase;

import io.waybill.core.upload.Answer;
import io.waybill.core.upload.InstantUpload;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a task and its objects are told to those who made them. */
final class TaskAnswers {

  private TaskAnswers() {}

  /**
   * The answer of a create.
   *
   * @param sessions one per object, in the same order
   */
  static Answer.Task of(UploadTask task, List<Session> sessions, Instant now) {
    List<Answer.TaskObject> objects = new ArrayList<>(sessions.size());
    for (int i = 0; i < sessions.size(); i++) {
      objects.add(of(task.objects().get(i), sessions.get(i), now));
    }
    return new Answer.Task(
        task.taskId(),
        task.projectId(),
        TaskStatus.of(objects.stream().map(Answer.TaskObject::status).toList()),
        objects.size(),
        objects.stream().mapToLong(Answer.TaskObject::fileSizeBytes).sum(),
        task.createdAt(),
        objects);
  }

  static Answer.TaskObject of(TaskObject object, Session session, Instant now) {
    Upload upload = session.upload();
    return new Answer.TaskObject(
        object.objectId(),
        object.datasetId(),
        upload.sessionId(),
        ObjectStatus.of(session.asOf(now)),
        InstantUpload.is(session),
        object.objectName(),
        upload.location().bucket(),
        upload.location().key(),
        upload.plan().fileSizeBytes(),
        upload.plan().partSizeBytes(),
        upload.plan().partCount(),
        upload.protection().checksum().algorithm(),
        upload.expiresAt(),
        Math.max(0, upload.expiresAt().getEpochSecond() - now.getEpochSecond()),
        LastError.of(session.asOf(now)),
        null);
  }
}
