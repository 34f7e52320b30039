# L’import d’utilisateurs depuis un fichier : ce qui ne va pas dans le fichier, et dans certaines lignes.

import-file-empty = Ce fichier est vide. La première ligne doit nommer les colonnes : last_name, first_name, email, mobile …
import-file-no-table = La première ligne de ce fichier ne nomme aucune colonne connue. Il faut un fichier CSV avec les colonnes last_name, first_name, email, mobile, channel, language, type, employee_id, groups.
import-file-no-last-name = La colonne last_name manque.
import-file-no-first-name = La colonne first_name manque.
import-file-no-address = Il n’y a ni colonne email ni colonne mobile.

import-file-too-large = Ce fichier dépasse 50 Mo. Apportez-le en plusieurs parties, ou demandez à qui gère cette installation d’utiliser « convoke import users ».
import-file-twice = Le même champ est choisi pour deux colonnes.
import-file-no-workbook = Ce fichier ne s’ouvre pas comme classeur Excel : il est abîmé, protégé par un mot de passe, ou c’est autre chose. Enregistrez-le de nouveau en XLSX sans mot de passe, ou en CSV.
import-file-kind = Ce n’est ni un fichier CSV ni un fichier XLSX. Dans Excel, choisissez l’un des deux sous « Enregistrer sous ».
import-line-created = nouveau
import-line-updated = modifié
import-line-unchanged = inchangé
import-line-left-out = laissé de côté
import-column-line = Ligne
import-column-result = Résultat
import-column-why = Pourquoi
import-sheet = Import
import-result-file = { $file } - résultat
import-left-out-file = { $file } - laissés de côté

import-bad-line = Ligne { $line } : { $reason }
import-no-last-name = le nom manque
import-no-first-name = le prénom manque
import-no-address = il n’y a ni e-mail ni mobile
import-bad-email = « { $value } » n’est pas une adresse e-mail
import-bad-mobile = « { $value } » n’est pas un numéro de mobile
import-unknown-channel = le canal « { $value } » n’est ni email ni sms
import-unknown-language = la langue « { $value } » n’est ni en ni fr
import-too-long = le texte de { $column } est trop long
import-too-many-cells = il y a plus de cellules que de colonnes
import-open-quote = un guillemet est ouvert et jamais fermé
import-line-too-long = la ligne est trop longue
import-two-people = le matricule, l’e-mail et le mobile appartiennent à des personnes différentes

demo-not-empty = La base de données n’est pas vide. Les données de démonstration ne vont que dans une base vide.
