package dev.bandmaster.simulator.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.simulator.workspace.Channel.Trait;
import dev.bandmaster.yaml.BadConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workspaces from files: the example is the default one, and mistakes name their line. */
final class WorkspaceFileTest {
  private static final String SMALL =
      """
      bot: { name: helper }
      people:
        ada: { id: U1ADA }
        max: { id: U1MAX, standing: single-channel-guest }
      groups:
        crew: { id: S1CREW, members: [ada] }
      channels:
        hall: { id: C1HALL, private: true, members: [ada, helper] }
      """;

  @TempDir Path folder;

  @Test
  void theExampleIsTheDefaultWorkspace() {
    Workspace example = Workspace.load(Path.of("workspace.yaml"));
    assertThat(example).isEqualTo(Workspace.defaults());
    assertThat(example.bot().botToken()).isEqualTo(Workspace.defaults().bot().botToken());
  }

  @Test
  void whatIsLeftOutIsAsUsual() throws IOException {
    Workspace workspace = Workspace.load(file(SMALL));
    assertThat(workspace.team()).isEqualTo(Workspace.defaults().team());
    assertThat(workspace.bot().name()).isEqualTo("helper");
    assertThat(workspace.bot().scopes()).isEqualTo(Workspace.defaults().bot().scopes());
    assertThat(workspace.person("ada"))
        .contains(new Person("U1ADA", "ada", "ada", "T0BAND", Person.Standing.MEMBER));
    assertThat(workspace.group("crew").orElseThrow().members()).containsExactly("U1ADA");
    Channel hall = workspace.channels().getFirst();
    assertThat(hall.traits()).containsExactly(Trait.PRIVATE);
    assertThat(hall.members()).containsExactlyInAnyOrder("U1ADA", "U0BANDMASTER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          standing: single-channel-guest | standig: guest | 4 | unknown key 'standig' in 'people.max'; did you mean 'standing'?
          standing: single-channel-guest | standing: boss | 4 | must be one of member, admin, guest
          id: U1MAX | id: U1ADA | 4 | the person 'max' has the same id as 'ada'
          id: U1MAX | id: W1ADA | 4 | the person 'max' has the same id as 'ada'
          id: U1MAX | id: X | 4 | 'people.max.id' must be an id that begins with U or W
          ada: { | Ada: { | 3 | the person's name 'Ada' must be lower case
          max: { | helper: { | 4 | 'helper' is already the bot's name
          members: [ada] | members: [adda] | 6 | there is no person named 'adda'; did you mean 'ada'?
          members: [ada, helper] | members: [helpr] | 8 | there is no person named 'helpr'; did you mean 'helper'?
          name: helper | bot_token: secret-words | 1 | 'bot.bot_token' must begin with xoxb-
          private: true | private: yes | 8 | 'channels.hall.private' must be true or false
          """)
  void everyMistakeNamesItsLineAndWhatToWrite(String right, String wrong, int line, String sentence)
      throws IOException {
    assertThat(SMALL).contains(right);
    assertThatThrownBy(() -> Workspace.load(file(SMALL.replace(right, wrong))))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("my.yaml:" + line)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("secret-words");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Workspace.load(folder.resolve("none.yaml")))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("file not found");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("my.yaml"), text);
  }
}
