package dev.steadymail.server.vault;

import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Role;
import dev.steadymail.server.tenants.Scope;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The rotation of keys over HTTP, for the operator. */
@RestController
@RequestMapping("/api/v1/operations/rotation")
class RotationController {
    private final Rotation rotation;

    RotationController(Rotation rotation) {
        this.rotation = rotation;
    }

    @PostMapping
    @Access(value = Scope.OPERATE, role = Role.OWNER)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Replace the keys that secrets are stored under; goes on in the background")
    RotationStatus start() {
        rotation.start();
        return rotation.status();
    }

    @GetMapping
    @Access(value = Scope.OPERATE, role = Role.OWNER)
    @Operation(summary = "Show how far the last rotation of keys is")
    RotationStatus status() {
        return rotation.status();
    }
}
