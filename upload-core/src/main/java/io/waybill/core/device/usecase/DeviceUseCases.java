package io.waybill.core.device.usecase;

import io.waybill.core.MetadataRule;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.CommandChannel;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.Ports;
import java.util.function.Function;

/**
 * What is done with devices.
 *
 * @param tellOver what tells commands over one channel
 */
public record DeviceUseCases(
    NoteRefusedDevice noteRefusedDevice,
    ReadDevices readDevices,
    ReadBrokerAccounts readBrokerAccounts,
    RegisterDevice registerDevice,
    ChangeDevice changeDevice,
    MoveDevice moveDevice,
    DeleteDevice deleteDevice,
    RotateCredential rotateCredential,
    RotateOwnCredential rotateOwnCredential,
    RevokeCredentials revokeCredentials,
    AskUpload askUpload,
    ReadDeviceCommands readDeviceCommands,
    Function<CommandChannel, TellCommands> tellOver,
    TellAgain tellAgain,
    HearPresence hearPresence,
    HearCommandReport hearCommandReport,
    ExpireCommands expireCommands,
    CountDevices countDevices) {

  /** All of them over one set of ports. */
  public static DeviceUseCases over(
      Ports<? extends DeviceStores> ports, Authenticate authenticate, MetadataRule metadata) {
    return new DeviceUseCases(
        new NoteRefusedDevice(ports),
        new ReadDevices(ports),
        new ReadBrokerAccounts(ports),
        new RegisterDevice(ports, metadata),
        new ChangeDevice(ports, authenticate, metadata),
        new MoveDevice(ports, authenticate),
        new DeleteDevice(ports, authenticate),
        new RotateCredential(ports, authenticate),
        new RotateOwnCredential(ports, authenticate),
        new RevokeCredentials(ports, authenticate),
        new AskUpload(ports),
        new ReadDeviceCommands(ports),
        channel -> new TellCommands(ports, channel),
        new TellAgain(ports),
        new HearPresence(ports),
        new HearCommandReport(ports),
        new ExpireCommands(ports),
        new CountDevices(ports));
  }
}
