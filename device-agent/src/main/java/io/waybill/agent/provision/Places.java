package io.waybill.agent.provision;

import java.nio.file.Path;

/**
 * Where what a machine is told is kept.
 *
 * @param config the YAML file
 * @param credential in the state directory, because it is written anew when it is rotated
 * @param authorities beside the configuration
 * @param stateDirectory with the queue
 * @param sayStateDirectory whether the configuration has to name it
 */
public record Places(
    Path config,
    Path credential,
    Path authorities,
    Path stateDirectory,
    boolean sayStateDirectory) {

  /** The usual names. */
  public static Places of(Path config, Path stateDirectory, boolean sayStateDirectory) {
    return new Places(
        config,
        stateDirectory.resolve("credential"),
        config.resolveSibling("ca.pem"),
        stateDirectory,
        sayStateDirectory);
  }

  Places with(Path otherCredential, Path otherAuthorities) {
    return new Places(config, otherCredential, otherAuthorities, stateDirectory, sayStateDirectory);
  }
}
