package io.waybill.simulator;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.access.usecase.CreateApiKey;
import io.waybill.core.app.UseCases;
import io.waybill.core.dataset.usecase.MoveDataset;
import io.waybill.core.dataset.usecase.PurgeDataset;
import io.waybill.core.device.usecase.MoveDevice;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.member.usecase.InviteMember;
import io.waybill.core.project.usecase.ChangeProject;
import io.waybill.core.project.usecase.ProjectFields;
import io.waybill.core.tag.usecase.CreateTagCategory;
import java.util.UUID;

/**
 * A deed that somebody asks for.
 *
 * @param id stays the same however often it is asked
 * @param target what it is done to; the project for whatever is made in it
 */
record Order(Deed deed, String id, Identity by, UUID project, UUID target) {

  static final long FEW_BYTES = 4 * Wish.PART_BYTES;
  static final long FEW_UPLOADS = 1;

  /** Somebody whom nobody knows yet. */
  private static final UUID MEMBER = new UUID(7, 7);

  /** The call itself, of the process that has these use cases. */
  Verdict<?> carryOut(UseCases cases) {
    return switch (deed) {
      case DISABLE_DEVICE -> device(cases, MoveDevice.Move.DISABLE);
      case ENABLE_DEVICE -> device(cases, MoveDevice.Move.ENABLE);
      case ARCHIVE_PROJECT -> cases.projects().archiveProject().handle(caller(), key(), project);
      case RESTORE_PROJECT -> cases.projects().restoreProject().handle(caller(), key(), project);
      case BIND_PROJECT -> bound(cases, FEW_BYTES, FEW_UPLOADS);
      case FREE_PROJECT -> bound(cases, 0, 0);
      case INVITE_MEMBER -> cases.members().inviteMember().handle(caller(), key(), member());
      case REMOVE_MEMBER -> cases.members().removeMember().handle(caller(), key(), project, MEMBER);
      case MAKE_API_KEY ->
          cases
              .access()
              .createApiKey()
              .handle(caller(), key(), new CreateApiKey.Request(id, null, null));
      case MAKE_TAG_CATEGORY ->
          cases
              .tags()
              .createTagCategory()
              .handle(caller(), key(), new CreateTagCategory.Request(project, id, null));
      case HOLD_DATASET -> dataset(cases, MoveDataset.Move.HOLD);
      case ARCHIVE_DATASET -> dataset(cases, MoveDataset.Move.ARCHIVE);
      case RESTORE_DATASET -> dataset(cases, MoveDataset.Move.RESTORE);
      case DELETE_DATASET ->
          cases.datasets().deleteDataset().handle(caller(), key(), project, target);
      case PURGE_DATASET ->
          cases
              .datasets()
              .purgeDataset()
              .handle(caller(), key(), new PurgeDataset.Request(project, target, true));
    };
  }

  private Verdict<?> device(UseCases cases, MoveDevice.Move move) {
    return cases
        .devices()
        .moveDevice()
        .handle(caller(), key(), new MoveDevice.Request(move, project, target));
  }

  private Verdict<?> dataset(UseCases cases, MoveDataset.Move move) {
    String reason = move == MoveDataset.Move.HOLD ? Wish.REASON : null;
    return cases
        .datasets()
        .moveDataset()
        .handle(caller(), key(), new MoveDataset.Request(move, project, target, reason));
  }

  private Verdict<?> bound(UseCases cases, long bytes, long uploads) {
    ProjectFields fields = new ProjectFields(null, null, null, null, null, bytes, uploads, null);
    return cases
        .projects()
        .changeProject()
        .handle(caller(), key(), new ChangeProject.Request(project, fields, null));
  }

  private InviteMember.Request member() {
    return new InviteMember.Request(project, "user", MEMBER, "viewer");
  }

  private Caller caller() {
    return new Caller(by, id, "http");
  }

  private RequestKey key() {
    return RequestKey.of(id);
  }
}
