package dev.steadymail.server.templates;

import dev.steadymail.server.drafts.FieldCheck;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.BodyUpTo;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Templates over HTTP. */
@RestController
@RequestMapping("/api/v1/templates")
class TemplateController {
    private static final int MOST_BYTES = 1 << 20;

    private final Templates templates;

    TemplateController(Templates templates) {
        this.templates = templates;
    }

    @PostMapping
    @Access(Scope.MAIL_SEND)
    @BodyUpTo(MOST_BYTES)
    @Operation(summary = "Keep a template; {{name}} in it is a place for a value")
    ResponseEntity<Template> add(@RequestBody TemplateRequest wanted) {
        Template added = templates.add(wanted);
        return ResponseEntity.created(URI.create("/api/v1/templates/" + added.id()))
                .body(added);
    }

    @GetMapping
    @Access(Scope.MAIL_READ)
    @Operation(summary = "List the organisation's templates by name")
    Items<Template> list() {
        return Items.all(templates.all());
    }

    @GetMapping("/{id}")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Show a template")
    Template find(@PathVariable UUID id) {
        return templates.find(id);
    }

    @PutMapping("/{id}")
    @Access(Scope.MAIL_SEND)
    @BodyUpTo(MOST_BYTES)
    @Operation(summary = "Put another text in a template's place")
    Template replace(@PathVariable UUID id, @RequestBody TemplateRequest wanted) {
        return templates.replace(id, wanted);
    }

    @DeleteMapping("/{id}")
    @Access(Scope.MAIL_SEND)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a template")
    void remove(@PathVariable UUID id) {
        templates.remove(id);
    }

    @PostMapping("/{id}/render")
    @Access(Scope.MAIL_READ)
    @BodyUpTo(MOST_BYTES)
    @Operation(summary = "Return the template's fields with values in their places; the rest stays as it is written")
    Template.Rendered render(@PathVariable UUID id, @RequestBody Values given) {
        return templates.find(id).render(given.checked());
    }

    /** Values by the names of their places. */
    record Values(@Nullable Map<String, @Nullable String> values) {
        Map<String, String> checked() {
            Map<String, String> checked = new HashMap<>();
            (values == null ? Map.<String, @Nullable String>of() : values)
                    .forEach((name, value) -> checked.put(name, FieldCheck.text("values", value)));
            return checked;
        }

        @Override
        public String toString() {
            return "Values[hidden]";
        }
    }
}
